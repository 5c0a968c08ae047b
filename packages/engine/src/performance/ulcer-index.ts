import { underwater } from './drawdowns.js';
import { mean } from './moments.js';
import { finite, type RunFacts } from './run-facts.js';

/**
 * Root of the mean squared drawdown over all points, 0..1. P. Martin and B. McCann (1989). Null without equity.
 */
export function ulcerIndex(facts: RunFacts): number | null {
  return finite(Math.sqrt(mean(underwater(facts).map((depth) => depth ** 2))));
}
