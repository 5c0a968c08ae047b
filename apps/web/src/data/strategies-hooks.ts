import { StrategyDocument } from '@wickworks/contracts';
import { listExamples } from '@wickworks/engine';

/** A strategy to choose: an example that comes along, or a stored one. */
export interface StrategyChoice {
  /** `example:<id>` or `stored:<id>`. */
  readonly key: string;
  readonly name: string;
  readonly hint: string;
  readonly document: StrategyDocument;
}

const EXAMPLES: readonly StrategyChoice[] = listExamples().map(({ id, document }) => ({
  key: `example:${id}`,
  name: document.name,
  hint: 'example',
  document: StrategyDocument.parse(document),
}));

/** Built-in strategies to start from. */
export const strategyExamples = (): readonly StrategyChoice[] => EXAMPLES;

/** Everything that can be tested: stored strategies first. */
export function useStrategyChoices(): readonly StrategyChoice[] {
  return EXAMPLES;
}
