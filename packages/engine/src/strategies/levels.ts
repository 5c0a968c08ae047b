import type { Direction } from '@wickworks/core';
import type { Bracket, Level, Rung, Trail } from '../messages.js';
import type { LiveNumber } from './compile-rules.js';
import type { DistanceSpec, Expression, LevelSpec, StrategyDocument, TargetSpec } from './document.js';
import type { Facts } from './scope.js';

/** What levels need to know at the candle an entry is decided on. */
export interface LevelContext {
  readonly index: number;
  readonly facts: Facts;
  readonly direction: Direction;
  /** Price the entry is expected at, quote. */
  readonly entryPrice: number;
  /** Where it may fill as well, quote; {@link entryPrice} when that is the same. */
  readonly otherPrice: number;
}

/** Where the numbers of levels come from. */
export interface LevelRules {
  readonly amount: (amount: number | string) => number;
  /** The value of an expression that stands in the document for a price. */
  price(expression: Expression): LiveNumber;
  /** Average true range of the market at a candle. */
  atr(period: number, index: number): number;
}

/** +1 for what lies in the direction of profit, −1 for what lies against it. */
type Towards = 1 | -1;

const signOf = (direction: Direction): 1 | -1 => (direction === 'long' ? 1 : -1);

/** The level, or `null` when it cannot be placed: unknown yet, not positive or on the wrong side of the entry. */
function levelAt(rules: LevelRules, spec: LevelSpec, towards: Towards, context: LevelContext): Level | null {
  const { index, facts, direction, entryPrice, otherPrice } = context;
  if (spec.kind === 'price') {
    const price = rules.price(spec.price)(index, facts);
    const sign = towards * signOf(direction);
    const isBeyond = (price - entryPrice) * sign > 0 && (price - otherPrice) * sign > 0;
    return price > 0 && isBeyond ? { kind: 'price', price } : null;
  }
  const ratio =
    spec.kind === 'ratio'
      ? rules.amount(spec.ratio)
      : (rules.amount(spec.multiple) * rules.atr(rules.amount(spec.period), index)) / entryPrice;
  // A long cannot lose, a short cannot win more than all there is.
  const isReachable = towards === signOf(direction) || ratio < 1;
  return ratio > 0 && ratio < Infinity && isReachable ? { kind: 'offset', ratio } : null;
}

/** Distance from the entry in quote. */
const distanceOf = (level: Level, entryPrice: number): number =>
  level.kind === 'price' ? Math.abs(level.price - entryPrice) : level.ratio * entryPrice;

/** What a trailing stop keeps to; `null` while it is unknown. */
export function trailAt(rules: LevelRules, spec: DistanceSpec, index: number): Trail | null {
  if (spec.kind === 'ratio') return { kind: 'ratio', ratio: rules.amount(spec.ratio) };
  const distance = rules.amount(spec.multiple) * rules.atr(rules.amount(spec.period), index);
  return distance > 0 ? { kind: 'distance', distance } : null;
}

function targetAt(rules: LevelRules, spec: TargetSpec, stop: Level | null, context: LevelContext): Level | null {
  if (spec.kind !== 'risk') return levelAt(rules, spec, 1, context);
  if (stop === null) return null;
  const distance = rules.amount(spec.multiple) * distanceOf(stop, context.entryPrice);
  return { kind: 'offset', ratio: distance / context.entryPrice };
}

/** What an entry is left to its rules with. */
export const NO_EXITS = { bracket: null, stopDistance: NaN } as const;

/**
 * Exits of an entry, `null` for none, with the distance of its stop in quote (NaN without one); `null` altogether: one
 * of them cannot be placed.
 */
export function bracketAt(
  rules: LevelRules,
  document: Pick<StrategyDocument, 'stopLoss' | 'takeProfit' | 'trailingStop'>,
  context: LevelContext,
): { bracket: Bracket | null; stopDistance: number } | null {
  const { stopLoss, takeProfit = [], trailingStop } = document;
  if (!stopLoss && !trailingStop && takeProfit.length === 0) return NO_EXITS;
  const stop = stopLoss ? levelAt(rules, stopLoss, -1, context) : null;
  if (stopLoss && stop === null) return null;
  const trail = trailingStop && trailingStop.from === undefined ? trailAt(rules, trailingStop, context.index) : null;
  const given = takeProfit.reduce((sum, { share }) => sum + (share === undefined ? 0 : rules.amount(share)), 0);
  const open = takeProfit.filter(({ share }) => share === undefined).length;
  const targets: Rung[] = [];
  for (const spec of takeProfit) {
    const at = targetAt(rules, spec, stop, context);
    if (at === null) return null;
    const share = spec.share === undefined ? Math.max(0, 1 - given) / open : rules.amount(spec.share);
    if (share > 0) targets.push({ at, share });
  }
  return {
    bracket: {
      ...(stop ? { stop } : {}),
      ...(trail ? { trail } : {}),
      ...(targets.length > 0 ? { targets } : {}),
    },
    stopDistance: stop ? distanceOf(stop, context.entryPrice) : NaN,
  };
}
