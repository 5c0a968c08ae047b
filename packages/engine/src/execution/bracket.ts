import { priceUnits, type Instrument } from '../market/instrument.js';
import type { Bracket, Level, OrderRequest, Rung } from '../messages.js';
import { isPositive, isSoundTrail } from './make-order.js';

/** One rung: a stop, a trailing stop and a target over the same quantity, of which only one may fill. */
export interface ExitGroup {
  readonly orders: readonly OrderRequest[];
}

/** What rounding may add to or take from a sum of shares. */
const SHARE_ERROR = 1e-9;

const sharesOf = (rungs: readonly Rung[]): number => rungs.reduce((sum, { share }) => sum + share, 0);

/** True when every level, distance and share makes sense. */
export function isSoundBracket(bracket: Bracket): boolean {
  const targets = bracket.targets ?? [];
  return (
    (bracket.stop === undefined || isSoundLevel(bracket.stop)) &&
    (bracket.trail === undefined || isSoundTrail(bracket.trail)) &&
    targets.every((rung) => isSoundLevel(rung.at) && rung.share > 0) &&
    sharesOf(targets) <= 1 + SHARE_ERROR
  );
}

const isSoundLevel = (level: Level): boolean => isPositive(level.kind === 'price' ? level.price : level.ratio);

/** What an entry's fill knows. */
export interface EntryFill {
  readonly orderId: number;
  readonly market: number;
  readonly side: 'buy' | 'sell';
  readonly priceUnits: number;
  readonly quantityUnits: number;
  readonly timeMs: number;
}

/**
 * The exits that protect one fill of an entry. The quantity is split over the rungs in whole lots, downwards; the last
 * one of a ladder whose shares make up all of it takes the lots that do not divide, so that nothing stays behind. What
 * the shares leave over is protected by the stops alone.
 */
export function exitsFor(bracket: Bracket, fill: EntryFill, instrument: Instrument, nextId: () => number): ExitGroup[] {
  const groups: ExitGroup[] = [];
  let left = fill.quantityUnits;
  const side = fill.side === 'buy' ? 'sell' : 'buy';
  const base = {
    market: fill.market,
    side,
    spendE8: 0,
    wholePosition: false,
    reduceOnly: true,
    createdMs: fill.timeMs,
    parentId: fill.orderId,
  } as const;
  const none = { limitUnits: 0, stopUnits: 0, trail: null, trailFromUnits: 0 } as const;
  const price = (level: Level, isTarget: boolean): number => {
    const sign = isTarget === (side === 'sell') ? 1 : -1;
    const at =
      level.kind === 'price' ? level.price : (fill.priceUnits / instrument.priceScale) * (1 + sign * level.ratio);
    // Both round upwards for a sell: a stop that trips first, a target that is never worse than asked.
    return Math.max(instrument.tickUnits, priceUnits(instrument, at, side === 'sell' ? 'up' : 'down'));
  };
  const group = (quantityUnits: number, target: Level | null): void => {
    if (quantityUnits === 0) return;
    const orders: OrderRequest[] = [];
    const { stop, trail } = bracket;
    if (stop) {
      const stopUnits = price(stop, false);
      orders.push({ id: nextId(), type: 'stop', quantityUnits, ...base, ...none, stopUnits, tag: 'stop-loss' });
    }
    if (trail) {
      const trailing = { trail, trailFromUnits: fill.priceUnits, tag: 'trailing-stop' };
      orders.push({ id: nextId(), type: 'trailing-stop', quantityUnits, ...base, ...none, ...trailing });
    }
    if (target) {
      const limitUnits = price(target, true);
      orders.push({ id: nextId(), type: 'limit', quantityUnits, ...base, ...none, limitUnits, tag: 'take-profit' });
    }
    if (orders.length > 0) groups.push({ orders });
  };
  const targets = bracket.targets ?? [];
  const isAll = sharesOf(targets) >= 1 - SHARE_ERROR;
  for (const [index, rung] of targets.entries()) {
    const lots = Math.floor((fill.quantityUnits * Math.min(rung.share, 1)) / instrument.lotUnits + 1e-9);
    const isRest = isAll && index === targets.length - 1;
    const quantity = isRest ? left : Math.min(left, lots * instrument.lotUnits);
    group(quantity, rung.at);
    left -= quantity;
  }
  group(left, null);
  return groups;
}
