import type { LiveTruth } from './compile-rules.js';
import type { Condition, Rule } from './document.js';
import type { Facts } from './scope.js';

/** Why a rule fires. */
export interface RuleReason {
  /** Null: it depends on the candle. */
  readonly fixed: string | null;
  readonly at: (index: number, facts: Facts) => string;
}

/** Its label, the named condition behind it, or the first named one among alternatives; `truth` reads a condition. */
export function reasonOf(
  { label, when }: Rule,
  truth: (condition: Condition) => LiveTruth,
  fallback: string,
): RuleReason {
  if (label === undefined && typeof when !== 'string' && 'any' in when) {
    const named = when.any.filter((part) => typeof part === 'string').map((name) => ({ name, isTrue: truth(name) }));
    return {
      fixed: null,
      at: (index, facts) => named.find(({ isTrue }) => isTrue(index, facts))?.name ?? fallback,
    };
  }
  const fixed = label ?? (typeof when === 'string' ? when : fallback);
  return { fixed, at: () => fixed };
}
