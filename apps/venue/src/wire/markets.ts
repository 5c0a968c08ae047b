import { OrderBook } from '../book/order-book.js';
import { once, type CatalogMarket } from '../replay/catalog.js';
import type { SimulatedClock } from '../replay/clock.js';

/** A market of the venue with its book; both are made when first asked for. */
export interface ListedMarket extends CatalogMarket {
  readonly book: () => OrderBook;
}

/** The venue's markets by their Binance id. */
export class VenueMarkets {
  readonly all: readonly ListedMarket[];
  readonly #byId: ReadonlyMap<string, ListedMarket>;

  constructor(all: readonly CatalogMarket[]) {
    this.all = all.map((listed) => ({ ...listed, book: once(() => new OrderBook(listed.market())) }));
    this.#byId = new Map(this.all.map((market) => [market.id, market]));
  }

  /** The market `BTCUSDT`, spelled in capitals. */
  byId(id: string): ListedMarket | undefined {
    return this.#byId.get(id);
  }
}

/** True while the source has candles for this moment; on a repeating replay always, from its first day on. */
export function isTrading(listed: ListedMarket, repeats: boolean, nowMs: number): boolean {
  return nowMs >= listed.sourceFromMs && (repeats || nowMs < listed.sourceToMs);
}

/** What every handler works on. */
export interface VenueContext {
  readonly markets: VenueMarkets;
  readonly clock: SimulatedClock;
  readonly repeats: boolean;
  readonly weightPerMinute: number;
  /** The time the venue tells clients: the clock's, unless a clock-skew fault falsifies it. */
  readonly publicNowMs: () => number;
}
