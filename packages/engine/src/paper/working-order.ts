import { priceUnits, type Instrument } from '../market/instrument.js';
import type { OrderRequest } from '../messages.js';

/** When, inside the candle at hand, an order came to be: this decides which part of the candle it may see. */
export type Born = 'before' | 'at-open' | 'inside';

/** An order resting at the paper venue. */
export class WorkingOrder {
  readonly request: OrderRequest;
  /** Arrival at the venue, ms UTC. */
  readonly activeMs: number;
  /** Base units left; 0 for orders sized as they fill, until {@link isSized}. */
  remaining: number;
  isSized: boolean;
  isDead = false;
  /** Its stop was hit: from now on it is a market order or, a stop-limit, a limit. */
  isTriggered = false;
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

  /** `origin`: the part of the candle at hand it was born in, and the price of the fill it protects. */
  constructor(request: OrderRequest, activeMs: number, origin: { born: Born; priceUnits: number } | null) {
    this.request = request;
    this.activeMs = activeMs;
    this.remaining = request.quantityUnits;
    this.isSized = request.quantityUnits > 0;
    this.born = origin?.born ?? 'before';
    this.bornUnits = origin?.priceUnits ?? 0;
    this.spendLeftE8 = request.spendE8;
    this.bestUnits = request.trailFromUnits;
  }

  /** The price (units) that triggers it now; 0: none. A trailing level rounds away from the market. */
  stopUnits(instrument: Instrument): number {
    const { trail, side, stopUnits } = this.request;
    if (trail === null) return stopUnits;
    if (this.bestUnits === 0) return 0;
    const best = this.bestUnits / instrument.priceScale;
    const sign = side === 'sell' ? -1 : 1;
    const level = trail.kind === 'ratio' ? best * (1 + sign * trail.ratio) : best + sign * trail.distance;
    return Math.max(instrument.tickUnits, priceUnits(instrument, Math.max(level, 0), side === 'sell' ? 'down' : 'up'));
  }

  /** Lets a trailing stop follow the market to `units`. */
  follow(units: number): void {
    if (this.request.trail === null) return;
    if (this.bestUnits === 0) this.bestUnits = units;
    else
      this.bestUnits = this.request.side === 'sell' ? Math.max(this.bestUnits, units) : Math.min(this.bestUnits, units);
  }
}
