import type { RoundTrip } from '../messages.js';
import type { Amount, Protection, StrategyDocument } from './document.js';

export interface ProtectionContext {
  readonly symbol: string;
  readonly nowMs: number;
  /** Width of the strategy's candles, ms. */
  readonly candleMs: number;
  readonly equity: number;
  /** Trades of the account, by exit, oldest first. */
  readonly roundTrips: readonly RoundTrip[];
  readonly amount: (amount: Amount) => number;
}

const STOP_TAGS: ReadonlySet<string> = new Set(['stop-loss', 'trailing-stop', 'break-even']);

/** The protection or cooldown that forbids a new entry now, or `null`. */
export function pausedBy(
  document: Pick<StrategyDocument, 'protections' | 'cooldown'>,
  context: ProtectionContext,
): string | null {
  if (document.cooldown && isCoolingDown(document.cooldown, context)) return 'cooldown';
  return document.protections?.find((protection) => isPaused(protection, context))?.kind ?? null;
}

function isCoolingDown(
  { candles = 0, afterLoss = 0 }: NonNullable<StrategyDocument['cooldown']>,
  { symbol, nowMs, candleMs, roundTrips, amount }: ProtectionContext,
): boolean {
  const last = roundTrips.findLast((trip) => trip.symbol === symbol);
  if (!last) return false;
  const pause = Math.max(amount(candles), last.pnl < 0 ? amount(afterLoss) : 0);
  return nowMs <= last.exitTimeMs + pause * candleMs;
}

/** A trade that completed the bad pattern stops entries for the pause that follows it. */
function isPaused(protection: Protection, context: ProtectionContext): boolean {
  const { nowMs, candleMs, symbol, amount } = context;
  const trips =
    protection.kind === 'max-drawdown'
      ? context.roundTrips
      : context.roundTrips.filter((trip) => trip.symbol === symbol);
  const pauseMs = amount(protection.pause) * candleMs;
  const windowMs = amount(protection.within) * candleMs;
  for (let index = trips.length - 1; index >= 0; index--) {
    const untilMs = trips[index]!.exitTimeMs;
    if (nowMs > untilMs + pauseMs) return false;
    const within = trips.filter((trip, at) => at <= index && trip.exitTimeMs > untilMs - windowMs);
    if (isBad(protection, within, context)) return true;
  }
  return false;
}

function isBad(protection: Protection, trips: readonly RoundTrip[], { amount, equity }: ProtectionContext): boolean {
  switch (protection.kind) {
    case 'stop-loss-guard': {
      const stopped = trips.filter((trip) => trip.pnl < 0 && STOP_TAGS.has(trip.exitTag));
      return stopped.length >= amount(protection.losses);
    }
    case 'max-drawdown':
      return drawdownOf(trips, equity) >= amount(protection.ratio);
    case 'low-profit': {
      const made = trips.reduce((sum, trip) => sum + trip.returnRatio, 0);
      return trips.length >= amount(protection.trades) && made < amount(protection.returnRatio);
    }
  }
}

/** Deepest fall of the equity of closed trades that ends at today's `equity`, as a ratio of its peak. */
function drawdownOf(trips: readonly RoundTrip[], equity: number): number {
  let value = trips.reduce((rest, trip) => rest - trip.pnl, equity);
  let peak = value;
  let deepest = 0;
  for (const { pnl } of trips) {
    value += pnl;
    peak = Math.max(peak, value);
    deepest = Math.max(deepest, peak > 0 ? 1 - value / peak : 0);
  }
  return deepest;
}
