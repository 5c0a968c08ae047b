import { openTimeAt, type CandleRow, type Timeframe } from '@wickworks/core';

/** One public trade. */
export interface TradeTick {
  /** The exchange's id, rising with time where it is a number; `null` where there is none. */
  readonly id: string | null;
  readonly timeMs: number;
  readonly price: number;
  /** Base units. */
  readonly quantity: number;
}

/**
 * Builds the candle that is forming from trades in the order the exchange pushed them. Only candles whose first
 * moment was witnessed are told: the one under way at the first trade has lost its beginning. A trade seen twice
 * counts once; one that belongs to an older candle is ignored (closes are confirmed elsewhere).
 */
export class TradeCandles {
  readonly #timeframe: Timeframe;
  readonly #onClosed: (candle: CandleRow) => void;
  #open: { openMs: number; whole: boolean; row: [number, number, number, number] } | null = null;
  #volume = new DecimalSum();
  #lastId = -Infinity;

  /** `onClosed` hears each witnessed candle when a trade of a later one arrives. */
  constructor(timeframe: Timeframe, onClosed: (candle: CandleRow) => void = () => undefined) {
    this.#timeframe = timeframe;
    this.#onClosed = onClosed;
  }

  /** Takes trades, oldest first; returns the forming candle, or `null` while it is not known whole. */
  take(trades: readonly TradeTick[]): CandleRow | null {
    for (const trade of trades) this.#takeOne(trade);
    return this.#candle();
  }

  #takeOne(trade: TradeTick): void {
    if (this.#isRepeated(trade.id)) return;
    const openMs = openTimeAt(this.#timeframe, trade.timeMs);
    const { price } = trade;
    if (this.#open === null || openMs > this.#open.openMs) {
      const finished = this.#candle();
      if (finished) this.#onClosed(finished);
      this.#open = { openMs, whole: this.#open !== null, row: [price, price, price, price] };
      this.#volume = new DecimalSum();
    } else if (openMs < this.#open.openMs) {
      return;
    }
    const { row } = this.#open;
    row[1] = Math.max(row[1], price);
    row[2] = Math.min(row[2], price);
    row[3] = price;
    this.#volume.add(trade.quantity);
  }

  #isRepeated(id: string | null): boolean {
    const number = id === null ? NaN : Number(id);
    if (Number.isNaN(number)) return false;
    if (number <= this.#lastId) return true;
    this.#lastId = number;
    return false;
  }

  #candle(): CandleRow | null {
    if (!this.#open?.whole) return null;
    return [this.#open.openMs, ...this.#open.row, this.#volume.value];
  }
}

/** Sums decimal fractions as decimals: compensated (Neumaier), then rounded to the most decimals any addend had. */
class DecimalSum {
  #sum = 0;
  #lost = 0;
  #decimals = 0;

  add(value: number): void {
    const next = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum;
    this.#sum = next;
    this.#decimals = Math.max(this.#decimals, decimalsOf(value));
  }

  get value(): number {
    return Number((this.#sum + this.#lost).toFixed(this.#decimals));
  }
}

function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.min(20, Math.max(0, fraction - Number(exponent)));
}
