import { closeTimeOf, openTimeAt, timeframeMs, type CandleRow, type Timeframe } from '@wickworks/core';

/** The clock of a played exchange: it stands still until it is started, however long that takes on a busy machine. */
export class PlayedClock {
  #startedAtMs: number | null = null;
  readonly #standsAtMs: number;

  /**
   * Stands `leadMs` before a full five minutes, where candles of 1m and 5m close; in our past, as some CCXT classes ask
   * for nothing beyond our clock.
   */
  constructor(leadMs = 2_500) {
    this.#standsAtMs = openTimeAt('5m', Date.now()) - leadMs;
  }

  get nowMs(): number {
    return this.#standsAtMs + (this.#startedAtMs === null ? 0 : Date.now() - this.#startedAtMs);
  }

  start(): void {
    this.#startedAtMs = Date.now();
  }
}

/** A candle as it is at `nowMs`: it grows by a tenth of a unit every tenth of its width, in price and volume. */
export function candleAt(openMs: number, nowMs: number, timeframe: Timeframe = '1m'): CandleRow {
  const widthMs = timeframeMs(timeframe);
  const steps = Math.max(0, Math.min(10, Math.floor((nowMs - openMs) / (widthMs / 10))));
  const base = 2 + ((openMs / widthMs) % 7);
  return [openMs, base, base + steps / 10, base, base + steps / 10, 5 + steps / 10];
}

/** Candles opening in `[fromMs, toMs]` as they are at `nowMs`, the forming one last; at most `limit`, the oldest. */
export function candlesFrom(
  fromMs: number,
  { toMs = Infinity, nowMs, timeframe, limit }: { toMs?: number; nowMs: number; timeframe: Timeframe; limit: number },
): CandleRow[] {
  const rows: CandleRow[] = [];
  const firstMs = openTimeAt(timeframe, fromMs + timeframeMs(timeframe) - 1);
  for (let openMs = firstMs; openMs <= Math.min(nowMs, toMs) && rows.length < limit;) {
    rows.push(candleAt(openMs, nowMs, timeframe));
    openMs = closeTimeOf(timeframe, openMs);
  }
  return rows;
}
