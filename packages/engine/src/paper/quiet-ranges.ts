import type { CandleColumns } from '@wickworks/core';
import type { Instrument } from '../market/instrument.js';
import type { WorkingOrder } from './working-order.js';

/** Part of a tick that rounding a price to the nearest tick, or a little noise beside it, may bridge. */
const ROUNDING_SHARE = 0.75;

/** The prices between which nothing happens in a market's book, by market. */
export class QuietRanges {
  /** Candles that stay above the one and below the other price (quote) change nothing. */
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  /** No market is quiet at first. */
  constructor(markets: number) {
    this.#low = new Float64Array(markets);
    this.#high = new Float64Array(markets);
  }

  /** True when prices between these leave the book of `market` as it is. */
  holds(market: number, low: number, high: number): boolean {
    return low > this.#low[market]! && high < this.#high[market]!;
  }

  /** The first of candles `[from, to)` that does not stay inside; `to` when all do. */
  until(market: number, { low, high }: CandleColumns, from: number, to: number): number {
    const bottom = this.#low[market]!;
    const top = this.#high[market]!;
    let index = from;
    while (index < to && low[index]! > bottom && high[index]! < top) index++;
    return index;
  }

  /** The next candle of `market` has to be looked at, whatever its prices. */
  end(market: number): void {
    this.#high[market] = 0;
  }

  /**
   * Notes where the book of a market rests: between the nearest triggers, less most of a tick so that rounding a
   * candle's prices to the tick cannot reach them, and the best price of each trailing stop. Nowhere while an order
   * waits for nothing but the next candle, or when it does not rest for another reason.
   */
  note(market: number, book: readonly WorkingOrder[], { priceScale, tickUnits }: Instrument, isAtRest: boolean): void {
    let rests = isAtRest;
    let low = -Infinity;
    let high = Infinity;
    for (const order of book) {
      const { isBuy, waits, bestUnits } = order;
      if (waits === 'market' || !order.hasRested) rests = false;
      const trigger = waits === 'stop' ? order.stopUnits : order.request.limitUnits;
      const isAbove = isBuy === (waits === 'stop');
      if (isAbove) high = Math.min(high, trigger - ROUNDING_SHARE * tickUnits);
      else low = Math.max(low, trigger + ROUNDING_SHARE * tickUnits);
      if (order.request.trail === null || waits !== 'stop') continue;
      if (bestUnits === 0) rests = false;
      if (isBuy) low = Math.max(low, bestUnits - (1 - ROUNDING_SHARE) * tickUnits);
      else high = Math.min(high, bestUnits + (1 - ROUNDING_SHARE) * tickUnits);
    }
    this.#low[market] = low / priceScale;
    this.#high[market] = rests ? high / priceScale : 0;
  }
}
