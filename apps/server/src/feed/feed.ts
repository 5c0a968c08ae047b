import { err, ok, seriesId, tiles, type Result, type SeriesKey, type Timeframe } from '@wickworks/core';
import type { CandleStore, MarketKey } from '@wickworks/db';
import type { ExchangeCapabilities } from '@wickworks/exchange';
import { refusalOfFailure, refuse, type Refusal } from '../wire/problem.js';
import { BuiltSource } from './built-source.js';
import type { ExchangeFeed } from './exchange-feed.js';
import { NativeSource } from './native-source.js';
import { SeriesHub, type HubInput } from './series-hub.js';
import type { SeriesSource } from './series-source.js';
import type { StoreHealth } from './store-health.js';
import { StoredSource } from './stored-source.js';

const CORRECTIONS_LOOKED_AT = 100;

/** A hub in use; `release` once when done. */
export interface HubLease {
  readonly hub: SeriesHub;
  /** The series the exchange itself reports: the hub's own, or the narrower one it is built from. */
  readonly reported: SeriesKey;
  /** False: the exchange has no such market any more; the hub holds what is stored, and nothing will come. */
  readonly isListed: boolean;
  readonly release: () => void;
}

interface Entry {
  readonly hub: SeriesHub;
  readonly id: string;
  users: number;
  timer: NodeJS.Timeout | undefined;
  /** Gives back what the hub itself uses. */
  readonly onClosed: () => void;
}

/** Where a hub's candles come from, and what gives back what that needs. */
interface Sourced {
  readonly source: SeriesSource;
  readonly release: () => void;
}

export interface FeedInput {
  readonly exchanges: ReadonlyMap<string, ExchangeFeed>;
  readonly store: CandleStore;
  readonly health: StoreHealth;
  readonly nowMs: () => number;
  /** How long a series nobody follows stays watched: people come back. */
  readonly lingerMs: number;
  readonly log: HubInput['log'];
}

/** All live series of the server: one hub each, however many follow it. */
export class Feed {
  readonly #input: FeedInput;
  readonly #entries = new Map<string, Entry>();

  constructor(input: FeedInput) {
    this.#input = input;
  }

  get exchanges(): ReadonlyMap<string, ExchangeFeed> {
    return this.#input.exchanges;
  }

  /** Series being watched now. */
  get hubCount(): number {
    return this.#entries.size;
  }

  /** The hub of a series, opened: refused when exchange, symbol or timeframe are unknown or cannot be had now. */
  async acquire(key: SeriesKey): Promise<Result<HubLease, Refusal>> {
    const checked = await this.#check(key);
    if (!checked.ok) return checked;
    return this.#opened(this.#lease(key, checked.value));
  }

  /** As {@link acquire}, for reading: of a market that its exchange has no more, what is stored of it. */
  async acquireStored(key: SeriesKey): Promise<Result<HubLease, Refusal>> {
    const acquired = await this.acquire(key);
    if (acquired.ok || acquired.error.code !== 'unknown-symbol') return acquired;
    const isStored = (await this.#input.store.lastOpenTime(key)) !== null;
    return isStored ? this.#opened(this.#lease(key, 'unlisted')) : acquired;
  }

  async #opened(lease: HubLease & { entry: Entry }): Promise<Result<HubLease, Refusal>> {
    const giveUp = (): void => {
      lease.release();
      this.#drop(lease.entry);
    };
    const opened = await lease.hub.open().catch((error: unknown) => {
      giveUp();
      throw error;
    });
    if (opened.ok) return ok(lease);
    giveUp();
    return err(refusalOfFailure(opened.error));
  }

  /** The exchange of a market: refused when either is unknown, or the exchange cannot say now. */
  async exchangeOf(market: MarketKey): Promise<Result<ExchangeFeed, Refusal>> {
    const exchange = this.#configured(market.exchange);
    if (!exchange.ok) return exchange;
    const markets = await exchange.value.markets();
    if (!markets.ok) return err(refusalOfFailure(markets.error));
    return markets.value.has(market.symbol) ? exchange : noMarket(market);
  }

  /** Whether a candle of `key` opening at or before `untilMs` was corrected since `sinceMs` (wall clock). */
  async wasCorrected(key: SeriesKey, untilMs: number, sinceMs: number): Promise<boolean> {
    const corrections = await this.#input.store.corrections(key, CORRECTIONS_LOOKED_AT);
    const since = corrections.filter(({ seenAtMs }) => seenAtMs >= sinceMs);
    // More than were looked at may have come: whoever is not sure says yes, and a snapshot follows.
    return since.length === CORRECTIONS_LOOKED_AT || since.some(({ openTimeMs }) => openTimeMs <= untilMs);
  }

  /** Stops every stream and waits until all received candles are stored. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(
      entries.map(async (entry) => {
        clearTimeout(entry.timer);
        await entry.hub.close();
      }),
    );
  }

  #configured(id: string): Result<ExchangeFeed, Refusal> {
    const exchange = this.#input.exchanges.get(id);
    if (exchange) return ok(exchange);
    const known = [...this.#input.exchanges.keys()].join(', ');
    return refused('unknown-exchange', 'exchange', `exchange "${id}" is not configured; known: ${known}`);
  }

  /** The narrower timeframe to build this one from; `null` when the exchange reports it itself. */
  async #check(key: SeriesKey): Promise<Result<Timeframe | null, Refusal>> {
    const found = this.#configured(key.exchange);
    if (!found.ok) return found;
    const exchange = found.value;
    const [capabilities, markets] = await Promise.all([exchange.capabilities(), exchange.markets()]);
    if (!capabilities.ok || !markets.ok) {
      // Nothing to check against, but a series known from before can be served from the store.
      const isStored = (await this.#input.store.lastOpenTime(key)) !== null;
      if (isStored) return ok(null);
      if (!capabilities.ok) return err(refusalOfFailure(capabilities.error));
      if (!markets.ok) return err(refusalOfFailure(markets.error));
    } else {
      if (!markets.value.has(key.symbol)) return noMarket(key);
      return narrowFor(key.timeframe, capabilities.value);
    }
    return ok(null);
  }

  /** `from`: the narrower timeframe to build it from, or that it comes from the store alone. */
  #lease(key: SeriesKey, from: Timeframe | 'unlisted' | null): HubLease & { entry: Entry } {
    const isListed = from !== 'unlisted';
    // Listed again, it is served by a hub of its own that lives.
    const id = isListed ? seriesId(key) : `${seriesId(key)} unlisted`;
    const narrow = isListed ? from : null;
    const entry =
      this.#entries.get(id) ?? this.#create(id, key, isListed ? this.#sourceOf(key, narrow) : this.#storedOf(key));
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.users++;
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      if (--entry.users > 0) return;
      entry.timer = setTimeout(() => this.#drop(entry), this.#input.lingerMs);
      entry.timer.unref();
    };
    return { hub: entry.hub, reported: { ...key, timeframe: narrow ?? key.timeframe }, isListed, entry, release };
  }

  #sourceOf(key: SeriesKey, narrow: Timeframe | null): Sourced {
    if (narrow === null)
      return { source: new NativeSource(this.#input.exchanges.get(key.exchange)!, key), release: () => undefined };
    const { hub, release } = this.#lease({ ...key, timeframe: narrow }, null);
    return { source: new BuiltSource(hub, key.timeframe), release };
  }

  #storedOf(key: SeriesKey): Sourced {
    return { source: new StoredSource(this.#input.store, key), release: () => undefined };
  }

  #create(id: string, key: SeriesKey, { source, release }: Sourced): Entry {
    const { store, health, nowMs, log } = this.#input;
    const hub = new SeriesHub({ key, source, store, health, nowMs, log, isReplay: key.exchange === 'local' });
    const entry: Entry = { hub, id, users: 0, timer: undefined, onClosed: release };
    // A series the exchange gave up must be asked for anew, not served from a dead hub.
    hub.subscribe((event) => {
      if (event.kind === 'failed') this.#drop(entry);
    });
    this.#entries.set(id, entry);
    return entry;
  }

  #drop(entry: Entry): void {
    const { id } = entry;
    clearTimeout(entry.timer);
    if (this.#entries.get(id) !== entry) return;
    this.#entries.delete(id);
    void entry.hub.close().finally(entry.onClosed);
  }
}

const noMarket = ({ exchange, symbol }: MarketKey): Result<never, Refusal> =>
  refused('unknown-symbol', 'symbol', `exchange "${exchange}" has no market "${symbol}"`);

/** The widest timeframe the exchange reports that tiles `timeframe`. */
function narrowFor(timeframe: Timeframe, { timeframes }: ExchangeCapabilities): Result<Timeframe | null, Refusal> {
  if (timeframes.includes(timeframe)) return ok(null);
  const narrow = timeframes.findLast((candidate) => tiles(candidate, timeframe));
  if (narrow) return ok(narrow);
  const accepted = timeframes.join(', ');
  const detail = `the exchange has no candles of "${timeframe}"; it has ${accepted}`;
  return refused('unknown-timeframe', 'timeframe', detail);
}

/** A refusal that names the field of the request at fault. */
const refused = (code: Refusal['code'], path: string, message: string): Result<never, Refusal> =>
  err(refuse(code, message, [{ path, message }]));
