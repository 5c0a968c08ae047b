import { closeTimeOf, openTimeAt, timeframeMs, type CandleRow, type Timeframe } from '@wickworks/core';

/** A clock that runs as ours does and stands `leadMs` before a full five minutes, where candles of 1m and 5m close. */
export function clockBeforeClose(leadMs = 2_500): () => number {
  const now = Date.now();
  const offsetMs = closeTimeOf('5m', openTimeAt('5m', now)) - leadMs - now;
  return () => Date.now() + offsetMs;
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
