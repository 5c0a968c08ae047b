import { drawdowns } from './drawdowns.js';
import { mean } from './moments.js';
import { finite, type RunFacts } from './run-facts.js';

/**
 * Mean depth of all drawdowns, 0..1, an open one included. Null without one.
 */
export function averageDrawdown(facts: RunFacts): number | null {
  return finite(mean(drawdowns(facts).map(({ depthRatio }) => depthRatio)));
}
