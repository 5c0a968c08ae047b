import { hash32 } from '../replay/hash.js';
import type { Market } from '../replay/market.js';

/** The book moves on in steps of this much simulated time; a step's number is its update id. */
export const STEP_MS = 100;
/** Levels on each side. */
export const BOOK_DEPTH = 1_000;

/** One side as columns, best price first; prices in ticks, quantities in steps. */
export interface BookSide {
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly length: number;
}

/** The book after step `updateId`. */
export interface Book {
  readonly updateId: number;
  readonly bids: BookSide;
  readonly asks: BookSide;
}

/** Best bid and ask: price in ticks, quantity in steps; `undefined` before the source begins. */
export interface BookTop {
  readonly updateId: number;
  readonly bidPrice: number;
  readonly bidQuantity: number;
  readonly askPrice: number;
  readonly askQuantity: number;
}

/** A level that changed; quantity 0 says that it is gone. */
export type LevelChange = readonly [price: number, quantity: number];

/** What changed between two books. */
export interface BookChanges {
  readonly bids: readonly LevelChange[];
  readonly asks: readonly LevelChange[];
}

/** Distance of neighbouring levels as a share of the price, where the tick is finer than that. */
const LEVEL_SPACING_RATIO = 0.00002;
const SHORTEST_LIFE_STEPS = 50;
const LIFE_SPREAD_STEPS = 400;
/** A typical level holds this share of what a slot usually trades. */
const LEVEL_SHARE = 1 / 40;

/** The number of the step in force at `timeMs`. */
export const stepAt = (timeMs: number): number => Math.floor(timeMs / STEP_MS);

/**
 * A plausible order book around the last price as a pure function of market, seed and step. Prices lie
 * on a fixed lattice (one level per block of ticks), so that a price move shifts the window over levels
 * that stay where they are; each level's quantity is drawn anew only every 5 to 45 s. That keeps the
 * changes between steps few, as on a real exchange.
 */
export class OrderBook {
  readonly #market: Market;
  readonly #blockTicks: number;
  readonly #quantityScale: number;
  #latest: Book | undefined;

  constructor(market: Market) {
    this.#market = market;
    this.#blockTicks = Math.max(1, Math.round(market.grid.close[0]! * LEVEL_SPACING_RATIO));
    this.#quantityScale = market.grid.typicalVolume * LEVEL_SHARE;
  }

  /** The whole book after `step`; the one asked for last is kept. Empty before the source begins. */
  at(step: number): Book {
    if (this.#latest?.updateId === step) return this.#latest;
    const top = this.#topPrices(step);
    const book = {
      updateId: step,
      bids: top === undefined ? EMPTY_SIDE : this.#side(step, top.bid, -1),
      asks: top === undefined ? EMPTY_SIDE : this.#side(step, top.ask, 1),
    };
    this.#latest = book;
    return book;
  }

  /** The best prices after `step`, without building the rest. */
  topAt(step: number): BookTop | undefined {
    const top = this.#topPrices(step);
    if (top === undefined) return undefined;
    return {
      updateId: step,
      bidPrice: top.bid,
      bidQuantity: top.bid < 1 ? 0 : this.#quantity(step, top.bid),
      askPrice: top.ask,
      askQuantity: this.#quantity(step, top.ask),
    };
  }

  /** The last trade stands at the touch its taker reached; the other side is one tick away. */
  #topPrices(step: number): { bid: number; ask: number } | undefined {
    const last = this.#market.lastTradePrice(step * STEP_MS);
    if (last === undefined) return undefined;
    return last.takerBuys ? { bid: last.price - 1, ask: last.price } : { bid: last.price, ask: last.price + 1 };
  }

  #side(step: number, best: number, direction: 1 | -1): BookSide {
    const price = new Float64Array(BOOK_DEPTH);
    const quantity = new Float64Array(BOOK_DEPTH);
    let length = 0;
    if (best >= 1) {
      price[0] = best;
      quantity[0] = this.#quantity(step, best);
      length = 1;
    }
    for (let block = Math.floor(best / this.#blockTicks); length < BOOK_DEPTH; block += direction) {
      if (block < 0) break;
      const at = this.#latticePrice(block);
      if (at < 1 || (direction === 1 ? at <= best : at >= best)) continue;
      price[length] = at;
      quantity[length] = this.#quantity(step, at);
      length++;
    }
    return { price, quantity, length };
  }

  #latticePrice(block: number): number {
    return block * this.#blockTicks + (hash32(this.#market.seed, block, 11) % this.#blockTicks);
  }

  #quantity(step: number, price: number): number {
    const draw = hash32(this.#market.seed, price, 12);
    const lifeSteps = SHORTEST_LIFE_STEPS + (draw % LIFE_SPREAD_STEPS);
    const life = Math.floor((step + (draw >>> 16)) / lifeSteps);
    const u = hash32(draw, life, 13) / 4294967296;
    return 1 + Math.floor(this.#quantityScale * (0.05 + 3 * u * u * u));
  }
}

const EMPTY_SIDE: BookSide = { price: new Float64Array(0), quantity: new Float64Array(0), length: 0 };

/** What turns book `from` into book `to`. */
export function bookChanges(from: Book, to: Book): BookChanges {
  return { bids: sideChanges(from.bids, to.bids, -1), asks: sideChanges(from.asks, to.asks, 1) };
}

function sideChanges(from: BookSide, to: BookSide, direction: 1 | -1): LevelChange[] {
  const changes: LevelChange[] = [];
  let old = 0;
  let now = 0;
  while (old < from.length || now < to.length) {
    const oldPrice = old < from.length ? from.price[old]! : direction * Infinity;
    const newPrice = now < to.length ? to.price[now]! : direction * Infinity;
    if (oldPrice === newPrice) {
      if (from.quantity[old] !== to.quantity[now]) changes.push([newPrice, to.quantity[now]!]);
      old++;
      now++;
    } else if (direction === 1 ? oldPrice < newPrice : oldPrice > newPrice) {
      changes.push([oldPrice, 0]);
      old++;
    } else {
      changes.push([newPrice, to.quantity[now]!]);
      now++;
    }
  }
  return changes;
}
