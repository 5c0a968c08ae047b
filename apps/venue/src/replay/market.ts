import { assert, closeTimeOf, MS_PER_DAY, MS_PER_SECOND, openTimeAt, tiles, type Timeframe } from '@wickworks/core';
import { HOLE, type CandleGrid } from './candle-grid.js';
import { ExactSum } from './decimal.js';
import { hash32, hashText } from './hash.js';
import { fillTradePath, fillValues, maxTradeCount, tradeCount, TradePath, type CandleShape } from './trade-path.js';

/** What happened in a stretch of simulated time; prices in ticks, volumes in steps, quote in tick × step. */
export interface Aggregate {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  takerBuyVolume: number;
  readonly quote: ExactSum;
  readonly takerBuyQuote: ExactSum;
  tradeCount: number;
  /** Id of the first trade; the last is `firstTradeId + tradeCount - 1`. -1 without trades. */
  firstTradeId: number;
}

/** One candle of the replay at a moment. */
export interface ReplayCandle extends Aggregate {
  readonly openTimeMs: number;
  /** The last millisecond that belongs to it. */
  readonly lastMs: number;
  readonly closed: boolean;
}

/** One public trade of the replay. */
export interface ReplayTrade {
  readonly id: number;
  readonly timeMs: number;
  /** Ticks. */
  readonly price: number;
  /** Steps. */
  readonly quantity: number;
  readonly takerBuys: boolean;
}

export interface MarketOptions {
  readonly symbol: string;
  readonly seed: number;
  /** Whether the source starts over when it ends; else the market has no candle outside its own dates. */
  readonly repeats: boolean;
  readonly grid: CandleGrid;
  /** Real trades by slot, where they agree with the slot's candle. */
  readonly realTrades: ReadonlyMap<number, TradePath>;
}

const KEPT_PATHS = 256;

/**
 * A market as a pure function of simulated time. Time is counted in *positions*: position `p` is the
 * p-th slot since the source's first candle, and shows slot `p mod slots` of the source.
 */
export class Market {
  readonly symbol: string;
  readonly grid: CandleGrid;
  readonly repeats: boolean;
  /** Seed of everything random about this market. */
  readonly seed: number;
  readonly #realTrades: ReadonlyMap<number, TradePath>;
  /** Trades before slot `i` within one round of the source. */
  readonly #tradesBefore: Float64Array;
  readonly #tradesPerRound: number;
  readonly #quote: Float64Array;
  readonly #takerBuyVolume: Float64Array;
  readonly #takerBuyQuote: Float64Array;
  readonly #paths = new Map<number, TradePath>();
  readonly #scratch: TradePath;
  readonly #days = new Map<number, Aggregate | null>();
  readonly #slotsPerDay: number;

  constructor(options: MarketOptions) {
    const { grid } = options;
    this.symbol = options.symbol;
    this.grid = grid;
    this.repeats = options.repeats;
    this.seed = hash32(options.seed, hashText(options.symbol), 0);
    this.#realTrades = options.realTrades;
    this.#scratch = new TradePath(maxTradeCount(grid.slotMs));
    this.#quote = new Float64Array(grid.slots).fill(-1);
    this.#takerBuyVolume = new Float64Array(grid.slots);
    this.#takerBuyQuote = new Float64Array(grid.slots);
    this.#tradesBefore = new Float64Array(grid.slots + 1);
    this.#slotsPerDay = MS_PER_DAY / grid.slotMs;
    for (let slot = 0; slot < grid.slots; slot++) {
      const count = this.#realTrades.get(slot)?.count ?? tradeCount(this.#shape(slot));
      this.#tradesBefore[slot + 1] = this.#tradesBefore[slot]! + count;
    }
    this.#tradesPerRound = this.#tradesBefore[grid.slots]!;
  }

  /** True when this market can show candles of `timeframe`. */
  offers(timeframe: Timeframe): boolean {
    const { timeframe: base } = this.grid;
    return (timeframe === '1s' && base === '1m') || tiles(base, timeframe);
  }

  /** Position of the slot in progress at `timeMs`; negative before the source begins. */
  positionAt(timeMs: number): number {
    return Math.floor((timeMs - this.grid.firstMs) / this.grid.slotMs);
  }

  /** Open time of a position, ms UTC of simulated time. */
  openTimeOf(position: number): number {
    return this.grid.firstMs + position * this.grid.slotMs;
  }

  /** True when the source has a candle at `position`. */
  exists(position: number): boolean {
    if (position < 0 || (!this.repeats && position >= this.grid.slots)) return false;
    return this.grid.volume[this.#slotOf(position)] !== HOLE;
  }

  /** The newest position at or before `position` that has a candle; -1 when there is none. */
  latestExisting(position: number): number {
    let at = this.repeats ? position : Math.min(position, this.grid.slots - 1);
    while (at >= 0 && !this.exists(at)) at--;
    return Math.max(at, -1);
  }

  /** Which moment of the source is replayed at `timeMs`, ms UTC of the source. */
  sourceTimeAt(timeMs: number): number {
    const position = this.positionAt(timeMs);
    return timeMs - (position - this.#slotOf(Math.max(0, position))) * this.grid.slotMs;
  }

  /** Price in ticks at `timeMs`, that of the last trade; `undefined` before the source begins. */
  lastPrice(timeMs: number): number | undefined {
    return this.lastTradePrice(timeMs)?.price;
  }

  /**
   * Price in ticks of the last trade at or before `timeMs` and whether its taker bought; `undefined`
   * before the source begins. Slots that did not trade count with their close.
   */
  lastTradePrice(timeMs: number): { price: number; takerBuys: boolean } | undefined {
    const position = this.positionAt(timeMs);
    if (position < 0) return undefined;
    if (this.exists(position)) {
      const path = this.tradesAt(position);
      if (path.count === 0) return { price: this.grid.close[this.#slotOf(position)]!, takerBuys: false };
      const count = path.countUntil(timeMs - this.openTimeOf(position));
      if (count > 0) return { price: path.price[count - 1]!, takerBuys: path.takerBuys[count - 1] === 1 };
    }
    const before = this.latestExisting(position - 1);
    if (before < 0) return { price: this.grid.open[0]!, takerBuys: false };
    const path = this.tradesAt(before);
    const price = this.grid.close[this.#slotOf(before)]!;
    return { price, takerBuys: path.count > 0 && path.takerBuys[path.count - 1] === 1 };
  }

  /** The trades of a position; valid until many others were asked for, so do not keep it. */
  tradesAt(position: number): TradePath {
    const slot = this.#slotOf(position);
    const real = this.#realTrades.get(slot);
    if (real) return real;
    const kept = this.#paths.get(slot);
    if (kept) return kept;
    const path = new TradePath(tradeCount(this.#shape(slot)));
    fillTradePath(path, this.#shape(slot));
    if (this.#paths.size >= KEPT_PATHS) {
      for (const oldest of this.#paths.keys()) {
        this.#paths.delete(oldest);
        break;
      }
    }
    this.#paths.set(slot, path);
    return path;
  }

  /** Id of the first trade at or after the start of `position`; ids start at 1 and are consecutive. */
  firstTradeIdOf(position: number): number {
    const slot = this.#slotOf(position);
    return ((position - slot) / this.grid.slots) * this.#tradesPerRound + this.#tradesBefore[slot]! + 1;
  }

  /** Id of the newest trade at or before `timeMs`; 0 when there was none yet. */
  lastTradeId(timeMs: number): number {
    const position = this.#clamp(this.positionAt(timeMs));
    if (position < 0) return 0;
    const count = this.exists(position) ? this.tradesAt(position).countUntil(timeMs - this.openTimeOf(position)) : 0;
    return this.firstTradeIdOf(position) - 1 + count;
  }

  /** The trade with this id, which must have happened at some time. */
  tradeById(id: number): ReplayTrade {
    const position = this.#positionOfTrade(id);
    return this.#trade(position, this.tradesAt(position), id - this.firstTradeIdOf(position));
  }

  /** Id of the first trade at or after `timeMs` (it may still lie in the future). */
  firstTradeIdFrom(timeMs: number): number {
    return this.lastTradeId(timeMs - 1) + 1;
  }

  /** Trades with ids `[fromId, toId]`, ascending. */
  *tradesBetween(fromId: number, toId: number): Generator<ReplayTrade> {
    let id = Math.max(1, fromId);
    while (id <= toId) {
      const position = this.#positionOfTrade(id);
      const path = this.tradesAt(position);
      const firstId = this.firstTradeIdOf(position);
      for (; id <= toId && id < firstId + path.count; id++) yield this.#trade(position, path, id - firstId);
    }
  }

  /**
   * The candle of `timeframe` opening at `openTimeMs` as it stands at `nowMs`; `undefined` where the
   * source has nothing or the time has not come. `shiftMs` moves day and week borders (time zones).
   */
  candle(timeframe: Timeframe, openTimeMs: number, nowMs: number, shiftMs = 0): ReplayCandle | undefined {
    assert(this.offers(timeframe), 'the timeframe can be built from the source');
    if (openTimeMs > nowMs) return undefined;
    const closeMs = closeTimeOf(timeframe, openTimeMs + shiftMs) - shiftMs;
    const seen = closeMs <= nowMs;
    const total =
      timeframe === '1s' && this.grid.timeframe !== '1s'
        ? this.#second(openTimeMs, nowMs)
        : this.aggregate(openTimeMs, closeMs, nowMs);
    return total === undefined ? undefined : { ...total, openTimeMs, lastMs: closeMs - 1, closed: seen };
  }

  /**
   * Everything that happened in slots opening in `[fromMs, toMs)` up to and including `nowMs`;
   * `undefined` when the source has no candle there.
   */
  aggregate(fromMs: number, toMs: number, nowMs: number): Aggregate | undefined {
    const { firstMs, slotMs } = this.grid;
    const from = Math.max(0, Math.ceil((fromMs - firstMs) / slotMs));
    const to = Math.ceil((toMs - firstMs) / slotMs);
    const current = this.positionAt(nowMs);
    const total = emptyAggregate();
    const whole = this.repeats ? Math.min(to, current) : Math.min(to, current, this.grid.slots);
    let any = this.#addWhole(total, from, whole);
    if (current >= from && current < to && this.exists(current)) {
      any = this.#addPartial(total, current, nowMs, any) || any;
    }
    return any ? total : undefined;
  }

  #addWhole(total: Aggregate, from: number, to: number): boolean {
    let any = false;
    let position = from;
    while (position < to) {
      const day = this.#dayAt(position, to);
      if (day === undefined) {
        if (this.exists(position)) any = this.#addSlot(total, position, any);
        position++;
      } else {
        if (day !== null) any = this.#addDay(total, day, position, any);
        position += this.#slotsPerDay;
      }
    }
    return any;
  }

  /**
   * The totals of the whole UTC day that starts at `position` and ends by `to`, `null` for a day without
   * candles, `undefined` when no such day starts here. Days repeat with the source, so they are kept.
   */
  #dayAt(position: number, to: number): Aggregate | null | undefined {
    const { slots } = this.grid;
    if (position + this.#slotsPerDay > to || slots % this.#slotsPerDay !== 0) return undefined;
    if (this.openTimeOf(position) % MS_PER_DAY !== 0) return undefined;
    const slot = this.#slotOf(position);
    // The day across the seam of two rounds is only the same in the rounds after the first.
    if (!this.repeats && slot + this.#slotsPerDay > slots) return undefined;
    const kept = this.#days.get(slot);
    if (kept !== undefined) return kept;
    const day = emptyAggregate();
    let any = false;
    for (let at = position; at < position + this.#slotsPerDay; at++) {
      if (this.exists(at)) any = this.#addSlot(day, at, any);
    }
    const value = any ? day : null;
    this.#days.set(slot, value);
    return value;
  }

  #addDay(total: Aggregate, day: Aggregate, position: number, any: boolean): boolean {
    mergePrices(total, day.open, day.high, day.low, day.close, any);
    total.volume += day.volume;
    total.takerBuyVolume += day.takerBuyVolume;
    total.quote.addSum(day.quote);
    total.takerBuyQuote.addSum(day.takerBuyQuote);
    if (total.tradeCount === 0 && day.tradeCount > 0) total.firstTradeId = this.firstTradeIdOf(position);
    total.tradeCount += day.tradeCount;
    return true;
  }

  #addSlot(total: Aggregate, position: number, any: boolean): boolean {
    const { grid } = this;
    const slot = this.#slotOf(position);
    if (this.#quote[slot] === -1) this.#sumTrades(slot);
    mergePrices(total, grid.open[slot]!, grid.high[slot]!, grid.low[slot]!, grid.close[slot]!, any);
    total.volume += grid.volume[slot]!;
    total.takerBuyVolume += this.#takerBuyVolume[slot]!;
    total.quote.add(this.#quote[slot]!);
    total.takerBuyQuote.add(this.#takerBuyQuote[slot]!);
    const count = this.#tradesBefore[slot + 1]! - this.#tradesBefore[slot]!;
    if (total.tradeCount === 0 && count > 0) total.firstTradeId = this.firstTradeIdOf(position);
    total.tradeCount += count;
    return true;
  }

  #addPartial(total: Aggregate, position: number, nowMs: number, any: boolean): boolean {
    const path = this.tradesAt(position);
    const count = path.countUntil(nowMs - this.openTimeOf(position));
    if (count === 0) {
      // Nothing traded yet: like Binance, the candle stands flat at the last price.
      const price = this.#priceAt(position, nowMs);
      mergePrices(total, price, price, price, price, any);
      return true;
    }
    addTrades(total, path, 0, count, any, this.firstTradeIdOf(position));
    return true;
  }

  #second(openTimeMs: number, nowMs: number): Aggregate | undefined {
    const position = this.positionAt(openTimeMs);
    if (!this.exists(position)) return undefined;
    const path = this.tradesAt(position);
    const offsetMs = openTimeMs - this.openTimeOf(position);
    const from = path.countUntil(offsetMs - 1);
    const to = path.countUntil(Math.min(offsetMs + MS_PER_SECOND - 1, nowMs - this.openTimeOf(position)));
    const total = emptyAggregate();
    if (to > from) addTrades(total, path, from, to, false, this.firstTradeIdOf(position));
    else {
      const price = this.#priceAt(position, openTimeMs);
      mergePrices(total, price, price, price, price, false);
    }
    return total;
  }

  /** The price where a candle stands flat that has not traded. */
  #priceAt(position: number, timeMs: number): number {
    return this.lastPrice(timeMs) ?? this.grid.open[this.#slotOf(position)]!;
  }

  /** Sums the trades of a slot once; they are the same in every round. */
  #sumTrades(slot: number): void {
    let path = this.#realTrades.get(slot);
    if (path === undefined) {
      path = this.#scratch;
      fillValues(path, this.#shape(slot));
    }
    let quote = 0;
    let bought = 0;
    let boughtQuote = 0;
    for (let index = 0; index < path.count; index++) {
      const value = path.price[index]! * path.quantity[index]!;
      quote += value;
      if (path.takerBuys[index] === 1) {
        bought += path.quantity[index]!;
        boughtQuote += value;
      }
    }
    this.#quote[slot] = quote;
    this.#takerBuyVolume[slot] = bought;
    this.#takerBuyQuote[slot] = boughtQuote;
  }

  #shape(slot: number): CandleShape {
    const { grid } = this;
    return {
      open: grid.open[slot]!,
      high: grid.high[slot]!,
      low: grid.low[slot]!,
      close: grid.close[slot]!,
      volume: grid.volume[slot]!,
      widthMs: grid.slotMs,
      typicalVolume: grid.typicalVolume,
      seed: hash32(this.seed, slot, 3),
    };
  }

  #positionOfTrade(id: number): number {
    const round = Math.floor((id - 1) / this.#tradesPerRound);
    const before = id - 1 - round * this.#tradesPerRound;
    let low = 0;
    let high = this.grid.slots - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#tradesBefore[middle]! <= before) low = middle;
      else high = middle - 1;
    }
    return round * this.grid.slots + low;
  }

  #trade(position: number, path: TradePath, index: number): ReplayTrade {
    return {
      id: this.firstTradeIdOf(position) + index,
      timeMs: this.openTimeOf(position) + path.offsetMs[index]!,
      price: path.price[index]!,
      quantity: path.quantity[index]!,
      takerBuys: path.takerBuys[index] === 1,
    };
  }

  #clamp(position: number): number {
    return this.repeats ? position : Math.min(position, this.grid.slots - 1);
  }

  #slotOf(position: number): number {
    return this.repeats ? ((position % this.grid.slots) + this.grid.slots) % this.grid.slots : position;
  }
}

function emptyAggregate(): Aggregate {
  return {
    open: 0,
    high: 0,
    low: 0,
    close: 0,
    volume: 0,
    takerBuyVolume: 0,
    quote: new ExactSum(),
    takerBuyQuote: new ExactSum(),
    tradeCount: 0,
    firstTradeId: -1,
  };
}

function mergePrices(total: Aggregate, open: number, high: number, low: number, close: number, any: boolean): void {
  if (!any) {
    total.open = open;
    total.high = high;
    total.low = low;
  } else {
    if (high > total.high) total.high = high;
    if (low < total.low) total.low = low;
  }
  total.close = close;
}

/** Adds trades `[from, to)` of a path whose first trade has id `pathId`. */
function addTrades(total: Aggregate, path: TradePath, from: number, to: number, any: boolean, pathId: number): void {
  if (total.tradeCount === 0) total.firstTradeId = pathId + from;
  total.tradeCount += to - from;
  for (let index = from; index < to; index++) {
    const price = path.price[index]!;
    const quantity = path.quantity[index]!;
    mergePrices(total, price, price, price, price, any || index > from);
    total.volume += quantity;
    total.quote.add(price * quantity);
    if (path.takerBuys[index] === 1) {
      total.takerBuyVolume += quantity;
      total.takerBuyQuote.add(price * quantity);
    }
  }
}

/** Open time of the candle containing `timeMs` when borders are moved by `shiftMs` (a time zone's offset). */
export const shiftedOpenTime = (timeframe: Timeframe, timeMs: number, shiftMs: number): number =>
  openTimeAt(timeframe, timeMs + shiftMs) - shiftMs;
