import { lowerBound, type CandleColumns, type TradeColumns, type TradeTape } from '@wickworks/core';

/** How far to look ahead trade by trade before searching. */
const NEAR_TRADES = 256;

/** Relative noise of prices that mean the same decimal. */
const PRICE_NOISE = 1e-9;
/** By how much of a candle's volume its trades may miss it: noise of adding up, not a trade. */
const VOLUME_NOISE = 1e-6;

/** Finds the trades that decide a candle. */
export class TradeReader {
  /** The trades as the candles they are: open, high, low and close are one price. */
  readonly columns: CandleColumns;
  readonly #tape: TradeTape;
  /** Trades `[from, to)` are those of the candle last found. */
  from = 0;
  to = 0;

  constructor(tape: TradeTape) {
    const { length, time, price, quantity } = tape.trades;
    this.columns = { length, time, open: price, high: price, low: price, close: price, volume: quantity };
    this.#tape = tape;
  }

  /**
   * True when the trades of the candle at `index` are all there: its time is covered, they reach its high and its low
   * and make up its volume. Were one missing, playing the others could be kinder than what happened.
   */
  decides({ time, high, low, volume }: CandleColumns, index: number, closeMs: number): boolean {
    const openMs = time[index]!;
    if (!this.#covers(openMs, closeMs)) return false;
    this.#find(openMs, closeMs);
    const { price, quantity } = this.#tape.trades;
    let top = -Infinity;
    let bottom = Infinity;
    let traded = 0;
    for (let at = this.from; at < this.to; at++) {
      if (price[at]! > top) top = price[at]!;
      if (price[at]! < bottom) bottom = price[at]!;
      traded += quantity[at]!;
    }
    if (Math.abs(traded - volume[index]!) > VOLUME_NOISE * volume[index]!) return false;
    return traded === 0 ? high[index] === low[index] : isSame(top, high[index]!) && isSame(bottom, low[index]!);
  }

  #covers(fromMs: number, toMs: number): boolean {
    const { covered } = this.#tape;
    let low = 0;
    let high = covered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (covered[middle]![1] < toMs) low = middle + 1;
      else high = middle;
    }
    return low < covered.length && covered[low]![0] <= fromMs;
  }

  #find(openMs: number, closeMs: number): void {
    const { trades } = this.#tape;
    this.from = nextAt(trades, openMs, this.to);
    this.to = nextAt(trades, closeMs, this.from);
  }
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= PRICE_NOISE * b;

/** The first trade at or after `timeMs`, which probably lies soon behind `near`. */
function nextAt(trades: TradeColumns, timeMs: number, near: number): number {
  const { time, length } = trades;
  if (near > 0 && time[near - 1]! >= timeMs) return lowerBound(trades, timeMs);
  const end = Math.min(length, near + NEAR_TRADES);
  let at = near;
  while (at < end && time[at]! < timeMs) at++;
  return at === end && end < length ? lowerBound(trades, timeMs) : at;
}

/** The first trade that its own candle knows nothing of, for people; null when candles and trades agree. */
export function disagreement(
  candles: CandleColumns,
  { trades }: TradeTape,
  closeOf: (openMs: number) => number,
): string | null {
  const { time, price } = trades;
  let index = 0;
  let closeMs = 0;
  for (let at = 0; at < trades.length && index < candles.length; at++) {
    const timeMs = time[at]!;
    while (index < candles.length && timeMs >= (closeMs ||= closeOf(candles.time[index]!))) {
      index++;
      closeMs = 0;
    }
    if (index === candles.length || timeMs < candles.time[index]!) continue;
    const top = candles.high[index]!;
    const bottom = candles.low[index]!;
    if (price[at]! <= top * (1 + PRICE_NOISE) && price[at]! >= bottom * (1 - PRICE_NOISE)) continue;
    return `a trade at ${String(timeMs)} has the price ${String(price[at])}, its candle of ${String(candles.time[index])} lies in ${String(bottom)}..${String(top)}`;
  }
  return null;
}
