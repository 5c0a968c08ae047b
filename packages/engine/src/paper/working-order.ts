import { priceUnits, type Instrument } from '../market/instrument.js';
import type { OrderRequest } from '../messages.js';

/** When, inside the candle at hand, an order came to be: this decides which part of the candle it may see. */
export type Born = 'before' | 'at-open' | 'inside';

/** How an order waits: for nothing, for its stop, or for its limit. A stop that was hit becomes one of the others. */
export type Waits = 'market' | 'stop' | 'limit';

/** An order resting at the paper venue. */
export class WorkingOrder {
  readonly request: OrderRequest;
  readonly isBuy: boolean;
  /** Arrival at the venue, ms UTC. */
  readonly activeMs: number;
  readonly #instrument: Instrument;
  /** Base units left; 0 for orders sized as they fill, until {@link isSized}. */
  remaining: number;
  isSized: boolean;
  isDead = false;
  waits: Waits;
  born: Born;
  /** Price of the fill it was born of, as long as that candle lasts; else 0. */
  bornUnits: number;
  /** False until the order has seen the open of one candle. */
  hasRested = false;
  /** Serial of the last candle in which it was tried inside: each order is tried once a candle. */
  triedIn = -1;
  /** What is left to spend, 10^-8 quote. */
  spendLeftE8: number;
  /** Best price a trailing stop has seen, units; 0: none yet. */
  bestUnits: number;
  /** The price (units) that triggers it now; 0: none. */
  stopUnits: number;

  /** `origin`: the part of the candle at hand it was born in, and the price of the fill it protects. */
  constructor(
    request: OrderRequest,
    instrument: Instrument,
    activeMs: number,
    origin: { born: Born; priceUnits: number } | null,
  ) {
    const { type } = request;
    this.request = request;
    this.isBuy = request.side === 'buy';
    this.activeMs = activeMs;
    this.#instrument = instrument;
    this.remaining = request.quantityUnits;
    this.isSized = request.quantityUnits > 0;
    this.waits = type === 'market' || type === 'limit' ? type : 'stop';
    this.born = origin?.born ?? 'before';
    this.bornUnits = origin?.priceUnits ?? 0;
    this.spendLeftE8 = request.spendE8;
    this.bestUnits = request.trailFromUnits;
    this.stopUnits = request.trail === null ? request.stopUnits : this.#trailingLevel();
  }

  /** Its stop was hit. */
  trigger(): void {
    this.waits = this.request.type === 'stop-limit' ? 'limit' : 'market';
  }

  /** Lets a trailing stop follow the market to `units`. */
  follow(units: number): void {
    if (this.request.trail === null) return;
    const best = this.bestUnits;
    if (best !== 0 && (this.isBuy ? units >= best : units <= best)) return;
    this.bestUnits = units;
    this.stopUnits = this.#trailingLevel();
  }

  /** A trailing level rounds away from the market; 0 before the first price. */
  #trailingLevel(): number {
    const { trail } = this.request;
    if (trail === null || this.bestUnits === 0) return 0;
    const instrument = this.#instrument;
    const best = this.bestUnits / instrument.priceScale;
    const sign = this.isBuy ? 1 : -1;
    const level = trail.kind === 'ratio' ? best * (1 + sign * trail.ratio) : best + sign * trail.distance;
    return Math.max(instrument.tickUnits, priceUnits(instrument, Math.max(level, 0), this.isBuy ? 'up' : 'down'));
  }
}
