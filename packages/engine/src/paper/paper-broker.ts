import { assert, type CandleColumns } from '@wickworks/core';
import { blankFill } from '../execution/make-order.js';
import { ceilOfProduct } from '../market/exact-integer.js';
import { priceOf, priceUnits, quantityUnits, type Instrument } from '../market/instrument.js';
import type { BrokerReply, CancelReason, Fill, OrderEnd, OrderRequest, Reused, Settlement } from '../messages.js';
import type { Broker } from '../ports.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import { feeE8, Funds } from './funds.js';
import { liquidationPrice } from './liquidation.js';
import type { PaperRules, SharedVenue } from './paper-rules.js';
import { QuietRanges } from './quiet-ranges.js';
import { slippageRatio } from './slippage.js';
import { WorkingOrder, type Born } from './working-order.js';

const MS_PER_DAY = 86_400_000;
const FILLED: OrderEnd = { status: 'filled', reason: null };
const CANCELED: OrderEnd = { status: 'canceled', reason: 'nothing-to-reduce' };
const NOTHING_TO_REDUCE: Settlement = { end: CANCELED, fill: null };
const ZERO_QUANTITY: Settlement = { end: { status: 'rejected', reason: 'zero-quantity' }, fill: null };
const INSUFFICIENT_FUNDS: Settlement = { end: { status: 'rejected', reason: 'insufficient-funds' }, fill: null };
const TOO_LARGE: Settlement = { end: { status: 'rejected', reason: 'too-large' }, fill: null };
const BLANK_FILL: Fill = blankFill();
/** Ranks from here on are behind every distance; adding an even number to it is exact. */
const BEHIND_STOPS = Number.MAX_SAFE_INTEGER + 1;

/**
 * A broker made of candles. What happened inside a candle is unknown, so it is decided against the trader: stops
 * before targets, limits only when traded through, a target never in the candle whose inside filled the entry, a
 * trailing stop by the best price before this candle, no fill outside the candle. See docs/decisions/0011-paper-fills.md.
 */
export class PaperBroker implements Broker {
  readonly #instruments: readonly Instrument[];
  readonly #portfolio: Portfolio;
  readonly #rules: PaperRules;
  readonly #reply: (reply: BrokerReply) => void;
  readonly #shared: SharedVenue | null;
  readonly #books: WorkingOrder[][];
  readonly #isMargined: boolean;
  /** Market orders fill whole at the open, and no long position can be liquidated. */
  readonly #isPlain: boolean;
  readonly #funds: Funds;
  readonly #quiet: QuietRanges;
  /** Of the order settled last. */
  readonly #settlement: { end: OrderEnd; readonly fill: Reused<Fill> } = { end: FILLED, fill: blankFill() };
  #nextFillId = 1;
  #serial = 0;
  // The candle at hand. `#matching` is its market, −1 between candles.
  #matching = -1;
  #bornNow: Born = 'before';
  /** Price of the fill being reported: what a protective order placed by it starts from. */
  #priceNow = 0;
  #index = 0;
  #timeMs = 0;
  #open = 0;
  #high = 0;
  #low = 0;
  #volume = 0;
  #openUnits = 0;
  #highUnits = 0;
  #lowUnits = 0;
  #capLeft = Infinity;
  // What fills stay inside and slippage is reckoned from: the candle at hand, or the one its trade happened in.
  #topUnits = 0;
  #bottomUnits = 0;
  #rangeHigh = 0;
  #rangeLow = 0;
  #rangeVolume = 0;

  constructor(options: {
    instruments: readonly Instrument[];
    portfolio: Portfolio;
    rules: PaperRules;
    reply: (reply: BrokerReply) => void;
    shared?: SharedVenue;
  }) {
    this.#instruments = options.instruments;
    this.#portfolio = options.portfolio;
    this.#rules = options.rules;
    this.#reply = options.reply;
    this.#shared = options.shared ?? null;
    this.#books = options.instruments.map(() => []);
    const { leverage, slippage, volumeShareMax } = options.rules;
    this.#isMargined = leverage > 1;
    this.#isPlain = !this.#isMargined && slippage.kind === 'none' && volumeShareMax === null;
    this.#funds = new Funds(options.portfolio, leverage, options.shared?.purses ?? null);
    this.#quiet = new QuietRanges(options.instruments.length);
  }

  submit(request: OrderRequest): void {
    const atVenue = request.parentId > 0;
    const inside = this.#matching === request.market;
    const activeMs = request.createdMs + (atVenue ? 0 : this.#rules.latencyMs);
    const origin = inside ? { born: this.#bornNow, priceUnits: this.#priceNow } : null;
    const instrument = this.#instruments[request.market]!;
    this.#books[request.market]!.push(new WorkingOrder(request, instrument, activeMs, origin));
    this.#quiet.end(request.market);
  }

  cancel(orderId: number): void {
    const order = this.#find(orderId);
    if (order) this.#end(order, 'strategy');
  }

  reduce(orderId: number, units: number): void {
    const order = this.#find(orderId);
    if (!order?.isSized) return;
    order.remaining = Math.min(order.remaining, units);
    if (order.remaining <= 0) this.#end(order, 'oco');
  }

  /** True when candles of `market` can change anything: {@link match} may be left out otherwise. */
  isBusy(market: number): boolean {
    if (this.#books[market]!.length > 0) return true;
    const units = this.#portfolio.unitsOf(market);
    return units < 0 || (units > 0 && this.#isMargined);
  }

  /**
   * True when candles of `market` between these prices would change nothing: no order would be hit, no trailing stop
   * would follow. Then {@link match} may be left out too, for one candle or for all the finer ones within it.
   */
  isQuiet(market: number, low: number, high: number): boolean {
    return this.#quiet.holds(market, low, high);
  }

  /** The first of candles `[from, to)` of `market` that is not quiet; `to` when all are. */
  quietUntil(market: number, candles: CandleColumns, from: number, to: number): number {
    return this.#quiet.until(market, candles, from, to);
  }

  /** Plays the candle at `index` through the orders of `market`. `sessionIndex` is the index fills report. */
  match(market: number, candles: CandleColumns, index: number, sessionIndex: number): void {
    this.#load(market, candles, index, sessionIndex);
    this.#play(market, candles.close[index]!);
  }

  /**
   * Plays one trade, row `at` of `trades`, of the candle at `index`. Orders see the trade's price and time, the volume cap its
   * quantity. Slippage, which one price could not hold, is that of the whole candle and stays inside it; so does the
   * price of a resting limit that was traded through: the limit, not the better price beyond.
   */
  matchTrade(market: number, trades: CandleColumns, at: number, candles: CandleColumns, index: number): void {
    this.#load(market, trades, at, index);
    this.#stayInside(market, candles, index);
    this.#play(market, trades.close[at]!);
  }

  #play(market: number, close: number): void {
    const book = this.#books[market]!;
    this.#fillAtOpen(market, book);
    // One order that is done, nothing that protects what it left: the inside of the candle is nobody's business.
    if (book.length === 1 && book[0]!.isDead) {
      book.pop();
      if (!this.isBusy(market)) {
        this.#matching = -1;
        this.#bornNow = 'before';
        return;
      }
    }
    this.#fillInside(market, book, close);
  }

  /** The first half of {@link match}, at the open of the candle: other markets may move before the second. */
  matchOpen(market: number, candles: CandleColumns, index: number, sessionIndex: number): void {
    this.#load(market, candles, index, sessionIndex);
    this.#fillAtOpen(market, this.#books[market]!);
    this.#matching = -1;
    this.#bornNow = 'before';
  }

  /** The second half, when the candle has closed. */
  matchInside(market: number, candles: CandleColumns, index: number, sessionIndex: number): void {
    this.#load(market, candles, index, sessionIndex);
    this.#fillInside(market, this.#books[market]!, candles.close[index]!);
  }

  /**
   * Settles a market order at the open of the next candle, which is at `index`: exactly what {@link submit} and
   * {@link match} make of it where nothing else can happen in that candle, in a fraction of the time; but the fill is
   * the caller's to pass on, and written anew by the next call. `null`, and nothing has happened: it is not alone,
   * arrives too late, may open a short, or the venue has more to say.
   */
  settleAtOpen(request: OrderRequest, candles: CandleColumns, index: number): Settlement | null {
    const { market, side, reduceOnly } = request;
    const held = this.#portfolio.unitsOf(market);
    const isDirect = this.#isPlain && request.type === 'market' && (side === 'buy' || reduceOnly) && held >= 0;
    if (!isDirect || this.#books[market]!.length > 0) return null;
    if (request.createdMs + this.#rules.latencyMs > candles.time[index]!) return null;
    const instrument = this.#instruments[market]!;
    this.#index = index;
    this.#timeMs = candles.time[index]!;
    const open = candles.open[index]!;
    const openUnits = priceUnits(instrument, open, 'nearest');
    // An open on its tick lies in its candle. Else rounding may have left it.
    const price =
      priceOf(instrument, openUnits) === open ? openUnits : this.#within(instrument, candles, index, openUnits);
    const wanted = request.quantityUnits || this.#funds.quantityAt(request, request.spendE8, price);
    if (wanted === 0) return request.wholePosition ? NOTHING_TO_REDUCE : ZERO_QUANTITY;
    const reducible = side === 'sell' ? held : 0;
    if (reduceOnly && reducible === 0) return NOTHING_TO_REDUCE;
    if (!reduceOnly && !this.#funds.isCountable(market, price, wanted)) return TOO_LARGE;
    if (!reduceOnly && !this.#funds.isAffordable(market, side, price, wanted)) return INSUFFICIENT_FUNDS;
    const units = reduceOnly ? Math.min(wanted, reducible) : wanted;
    const fee = feeE8(instrument, price, units, 'taker');
    const slipped = Math.abs(price - openUnits) / instrument.priceScale;
    const { fill } = this.#settlement;
    fill.priceUnits = price;
    fill.quantityUnits = units;
    fill.feeE8 = fee;
    this.#complete(fill, request, slipped);
    this.#settlement.end = units === wanted ? FILLED : CANCELED;
    return this.#settlement;
  }

  /** `units`, or the nearest price on the tick that the candle traded at. */
  #within(instrument: Instrument, { high, low }: CandleColumns, index: number, units: number): number {
    const bottom = priceUnits(instrument, low[index]!, 'up');
    return Math.min(priceUnits(instrument, high[index]!, 'down'), Math.max(bottom, units));
  }

  /** Ms between a wish and the venue; null unless market orders of the only market fill whole at the open. */
  get latencyMs(): number | null {
    return this.#isPlain && this.#books.length === 1 && this.#books[0]!.length === 0 ? this.#rules.latencyMs : null;
  }

  /** Notes that so many fills were counted elsewhere; returns the id of the first. */
  countFills(count: number): number {
    const first = this.#nextFillId;
    this.#nextFillId += count;
    return first;
  }

  /** Interest for the `widthMs` that just passed. */
  accrue(market: number, widthMs: number, timeMs: number): void {
    const ratio = (this.#rules.borrowRatioPerDay * widthMs) / MS_PER_DAY;
    if (ratio === 0) return;
    const quantity = this.#portfolio.quantityOf(market);
    // Borrowed quote is shared out over the positions by their value.
    const value = Math.abs(quantity) * this.#portfolio.markOf(market);
    if (value === 0) return;
    const borrowed = quantity < 0 ? value : Math.max(0, -this.#portfolio.cash) * (value / this.#portfolio.exposure());
    const amountE8 = Math.ceil(borrowed * ratio * 1e8);
    if (amountE8 > 0) this.#reply({ kind: 'charge', market, reason: 'borrow', amountE8, timeMs });
  }

  /** Funding of a perpetual: longs pay `ratio` of their value at the mark, shorts receive it; rounded against us. */
  fund(market: number, ratio: number, timeMs: number): void {
    const value = this.#portfolio.quantityOf(market) * this.#portfolio.markOf(market);
    const amountE8 = Math.ceil(value * ratio * 1e8);
    if (amountE8 !== 0) this.#reply({ kind: 'charge', market, reason: 'funding', amountE8, timeMs });
  }

  #load(market: number, candles: CandleColumns, index: number, sessionIndex: number): void {
    const instrument = this.#instruments[market]!;
    this.#matching = market;
    this.#bornNow = 'before';
    this.#serial++;
    this.#index = sessionIndex;
    this.#timeMs = candles.time[index]!;
    this.#open = candles.open[index]!;
    this.#high = candles.high[index]!;
    this.#low = candles.low[index]!;
    this.#volume = candles.volume[index]!;
    this.#openUnits = priceUnits(instrument, this.#open, 'nearest');
    this.#highUnits = priceUnits(instrument, this.#high, 'down');
    this.#lowUnits = priceUnits(instrument, this.#low, 'up');
    const share = this.#rules.volumeShareMax;
    this.#capLeft = share === null ? Infinity : quantityUnits(instrument, this.#volume * share);
    if (share !== null && this.#shared)
      this.#capLeft = Math.max(0, this.#capLeft - this.#shared.takenIn(market, candles, index));
    this.#topUnits = this.#highUnits;
    this.#bottomUnits = this.#lowUnits;
    this.#rangeHigh = this.#high;
    this.#rangeLow = this.#low;
    this.#rangeVolume = this.#volume;
  }

  #stayInside(market: number, { high, low, volume }: CandleColumns, index: number): void {
    const instrument = this.#instruments[market]!;
    this.#rangeHigh = high[index]!;
    this.#rangeLow = low[index]!;
    this.#rangeVolume = volume[index]!;
    this.#topUnits = priceUnits(instrument, this.#rangeHigh, 'down');
    this.#bottomUnits = priceUnits(instrument, this.#rangeLow, 'up');
  }

  #fillAtOpen(market: number, book: readonly WorkingOrder[]): void {
    this.#liquidateAt(market, this.#open);
    this.#bornNow = 'at-open';
    // Children of fills at the open are appended behind and wait for the inside of the candle.
    const count = book.length;
    for (let at = 0; at < count; at++) this.#atOpen(book[at]!);
  }

  #fillInside(market: number, book: WorkingOrder[], close: number): void {
    this.#bornNow = 'inside';
    for (let order = this.#nextInside(book); order !== null; order = this.#nextInside(book)) this.#insideCandle(order);
    this.#liquidateInside(market);
    this.#afterCandle(book, close);
    const held = this.#portfolio.unitsOf(market);
    const isAtRest = held === 0 || (held > 0 && !this.#isMargined);
    this.#quiet.note(market, book, this.#instruments[market]!, isAtRest);
    this.#matching = -1;
    this.#bornNow = 'before';
  }

  #atOpen(order: WorkingOrder): void {
    if (order.isDead || order.activeMs > this.#timeMs) return;
    const isFresh = !order.hasRested;
    order.hasRested = true;
    if (order.request.trail !== null && order.bestUnits === 0) order.follow(this.#openUnits);
    const { isBuy, stopUnits } = order;
    const { limitUnits } = order.request;
    if (order.waits === 'market') {
      this.#take(order, this.#openUnits);
      return;
    }
    if (order.waits === 'stop') {
      if (isBuy ? this.#openUnits < stopUnits : this.#openUnits > stopUnits) return;
      this.#trigger(order, this.#openUnits);
      return;
    }
    // A limit that arrives through the market takes at the open; one that rests waits for the inside.
    const crosses = isBuy ? this.#openUnits <= limitUnits : this.#openUnits >= limitUnits;
    if (isFresh && crosses) this.#take(order, this.#openUnits);
  }

  /** Stops before everything else, nearest to the open first; then limits likewise. */
  #nextInside(book: readonly WorkingOrder[]): WorkingOrder | null {
    let next: WorkingOrder | null = null;
    let nextRank = Infinity;
    for (const order of book) {
      if (order.isDead || order.triedIn === this.#serial || order.activeMs > this.#timeMs) continue;
      const rank = this.#rank(order);
      if (rank < nextRank) {
        next = order;
        nextRank = rank;
      }
    }
    return next;
  }

  /** Distance from the open of an order that fills inside; limits behind all stops; Infinity when it does not. */
  #rank(order: WorkingOrder): number {
    const { isBuy, stopUnits } = order;
    const { limitUnits } = order.request;
    if (order.waits === 'market') return Infinity;
    if (order.waits === 'stop') {
      if (stopUnits === 0) return Infinity;
      const isHit = isBuy ? this.#highUnits >= stopUnits : this.#lowUnits <= stopUnits;
      return isHit ? Math.abs(stopUnits - this.#openUnits) : Infinity;
    }
    if (order.born === 'inside') return Infinity;
    const reach = isBuy ? limitUnits - this.#lowUnits : this.#highUnits - limitUnits;
    const isHit = this.#rules.touchFills ? reach >= 0 : reach > 0;
    return isHit ? BEHIND_STOPS + Math.abs(limitUnits - this.#openUnits) * 2 : Infinity;
  }

  #insideCandle(order: WorkingOrder): void {
    order.triedIn = this.#serial;
    const { isBuy, stopUnits } = order;
    const { limitUnits } = order.request;
    if (order.waits === 'stop') {
      // A protective stop beyond the price of its entry trips at once, at that price; never at one better than a trade's.
      const { bornUnits } = order;
      const at = bornUnits === 0 ? stopUnits : isBuy ? Math.max(stopUnits, bornUnits) : Math.min(stopUnits, bornUnits);
      this.#trigger(order, isBuy ? Math.max(at, this.#lowUnits) : Math.min(at, this.#highUnits));
      return;
    }
    // A candle that opened beyond a resting limit: the worst price it surely traded at, never beyond the limit.
    const price = isBuy ? Math.min(limitUnits, this.#topUnits) : Math.max(limitUnits, this.#bottomUnits);
    this.#fill(order, price, 'maker', 0);
  }

  #trigger(order: WorkingOrder, atUnits: number): void {
    const { limitUnits } = order.request;
    order.trigger();
    if (order.waits === 'market') {
      this.#take(order, atUnits);
      return;
    }
    const isMarketable = order.isBuy ? atUnits <= limitUnits : atUnits >= limitUnits;
    if (isMarketable) this.#take(order, atUnits);
    // What it traded at before the stop was hit is no fill: triggered inside, it rests until the next candle.
    else if (this.#bornNow === 'inside') order.triedIn = this.#serial;
  }

  /** Takes liquidity around `atUnits`: slippage against us, within the candle and the order's own limit. */
  #take(order: WorkingOrder, atUnits: number): void {
    order.triedIn = this.#serial;
    const instrument = this.#instruments[order.request.market]!;
    const { side, limitUnits } = order.request;
    const isBuy = side === 'buy';
    const model = this.#rules.slippage;
    let price = atUnits;
    if (model.kind !== 'none') {
      const wanted = order.isSized
        ? order.remaining
        : this.#funds.quantityAt(order.request, order.spendLeftE8, atUnits);
      const quantity = Math.min(wanted, this.#capLeft) / instrument.quantityScale;
      const ratio = slippageRatio(model, {
        quantity,
        volume: this.#rangeVolume,
        high: this.#rangeHigh,
        low: this.#rangeLow,
      });
      const moved = (atUnits / instrument.priceScale) * (isBuy ? 1 + ratio : Math.max(0, 1 - ratio));
      price = priceUnits(instrument, moved, isBuy ? 'up' : 'down');
    }
    price = Math.min(this.#topUnits, Math.max(this.#bottomUnits, price));
    if (limitUnits > 0) price = isBuy ? Math.min(price, limitUnits) : Math.max(price, limitUnits);
    this.#fill(order, price, 'taker', Math.abs(price - atUnits) / instrument.priceScale);
  }

  #fill(order: WorkingOrder, price: number, liquidity: Fill['liquidity'], slipped: number): void {
    const { request } = order;
    const instrument = this.#instruments[request.market]!;
    if (!order.isSized) {
      order.remaining = this.#funds.quantityAt(request, order.spendLeftE8, price);
      order.isSized = request.spendE8 === 0;
      if (order.remaining === 0) {
        this.#refuseUnsized(order);
        return;
      }
    }
    let quantity = Math.min(order.remaining, this.#capLeft);
    if (request.reduceOnly) {
      const held = this.#portfolio.unitsOf(request.market);
      const reducible = request.side === 'sell' ? Math.max(0, held) : Math.max(0, -held);
      if (reducible === 0) {
        this.#end(order, 'nothing-to-reduce');
        return;
      }
      quantity = Math.min(quantity, reducible);
    } else {
      const reason = this.#funds.refusalOf(request, price, quantity);
      if (reason !== null) {
        order.isDead = true;
        this.#reply({ kind: 'rejected', orderId: request.id, reason });
        return;
      }
    }
    if (quantity === 0) return;
    const fee = feeE8(instrument, price, quantity, liquidity);
    this.#capLeft -= quantity;
    order.remaining -= quantity;
    if (request.spendE8 > 0) {
      const notionalE8 = (price * quantity * 1e8) / (instrument.priceScale * instrument.quantityScale);
      order.spendLeftE8 = Math.max(0, Math.floor(order.spendLeftE8 - notionalE8 - fee));
    }
    const isDone = order.remaining === 0;
    order.isDead = isDone;
    this.#priceNow = price;
    const fill = { ...BLANK_FILL, priceUnits: price, quantityUnits: quantity, feeE8: fee, liquidity };
    this.#complete(fill, request, slipped);
    this.#reply({ kind: 'fill', isLast: isDone, fill });
    // Flat now: what is left of an order that may only reduce must not wait for the next position.
    if (!order.isDead && request.reduceOnly && this.#portfolio.unitsOf(request.market) === 0)
      this.#end(order, 'nothing-to-reduce');
  }

  /** Writes the rest of a fill whose price, quantity, fee and liquidity are known; `slipped` by unit of base, quote. */
  #complete(fill: Reused<Fill>, { id, market, side, tag }: OrderRequest, slipped: number): void {
    fill.id = this.#nextFillId++;
    fill.orderId = id;
    fill.market = market;
    fill.side = side;
    fill.slippageQuote = (slipped * fill.quantityUnits) / this.#instruments[market]!.quantityScale;
    fill.timeMs = this.#timeMs;
    fill.candleIndex = this.#index;
    fill.tag = tag;
  }

  #refuseUnsized(order: WorkingOrder): void {
    if (order.request.wholePosition) {
      this.#end(order, 'nothing-to-reduce');
      return;
    }
    order.isDead = true;
    const isPartly = order.spendLeftE8 < order.request.spendE8;
    const orderId = order.request.id;
    if (isPartly) this.#reply({ kind: 'canceled', orderId, reason: 'spent' });
    else this.#reply({ kind: 'rejected', orderId, reason: 'zero-quantity' });
  }

  /** A position under water at the open goes at the open. */
  #liquidateAt(market: number, price: number): void {
    const level = this.#liquidationLevel(market);
    if (Number.isNaN(level)) return;
    const isLong = this.#portfolio.unitsOf(market) > 0;
    if (isLong ? price <= level : price >= level) this.#liquidate(market, this.#openUnits);
  }

  #liquidateInside(market: number): void {
    const level = this.#liquidationLevel(market);
    if (Number.isNaN(level)) return;
    const isLong = this.#portfolio.unitsOf(market) > 0;
    if (isLong ? this.#low > level : this.#high < level) return;
    const units = priceUnits(this.#instruments[market]!, level, isLong ? 'down' : 'up');
    this.#liquidate(market, Math.min(this.#highUnits, Math.max(this.#lowUnits, units)));
  }

  #liquidationLevel(market: number): number {
    const units = this.#portfolio.unitsOf(market);
    if (units === 0 || (units > 0 && !this.#isMargined)) return NaN;
    const siblings = this.#shared?.siblingsOf(market);
    return liquidationPrice(this.#portfolio, market, this.#rules.maintenanceRatio, siblings);
  }

  /** The venue knows one position of an account in a symbol: what others hold on the same side goes with it. */
  #liquidate(market: number, price: number): void {
    const isLong = this.#portfolio.unitsOf(market) > 0;
    this.#closeOut(market, price, { index: this.#index, timeMs: this.#timeMs });
    for (const sibling of this.#shared?.siblingsOf(market) ?? []) {
      const held = this.#portfolio.unitsOf(sibling);
      if (held !== 0 && held > 0 === isLong)
        this.#closeOut(sibling, price, this.#shared!.candleAt(sibling, this.#timeMs));
    }
  }

  #closeOut(market: number, price: number, { index, timeMs }: { index: number; timeMs: number }): void {
    const instrument = this.#instruments[market]!;
    for (const order of this.#books[market]!) if (!order.isDead) this.#end(order, 'liquidation');
    const held = this.#portfolio.unitsOf(market);
    const quantity = Math.abs(held);
    const fee = feeE8(instrument, price, quantity, 'taker');
    const penaltyE8 = Math.round(this.#rules.liquidationFeeBps * 10_000);
    const scale = instrument.priceScale * instrument.quantityScale;
    const amountE8 = ceilOfProduct({ a: price, b: quantity, c: penaltyE8 }, scale);
    if (amountE8 > 0) this.#reply({ kind: 'charge', market, reason: 'liquidation', amountE8, timeMs });
    this.#reply({
      kind: 'fill',
      isLast: true,
      fill: {
        id: this.#nextFillId++,
        orderId: 0,
        market,
        side: held > 0 ? 'sell' : 'buy',
        priceUnits: price,
        quantityUnits: quantity,
        feeE8: fee,
        liquidity: 'taker',
        slippageQuote: 0,
        timeMs,
        candleIndex: index,
        tag: 'liquidation',
      },
    });
  }

  #afterCandle(book: WorkingOrder[], close: number): void {
    let kept = 0;
    for (const order of book) {
      if (order.isDead) continue;
      if (order.request.trail !== null && (order.hasRested || order.born !== 'before'))
        this.#followCandle(order, close);
      // Born in this candle, it has been at the venue by the next open.
      if (order.born !== 'before') order.hasRested = true;
      order.born = 'before';
      order.bornUnits = 0;
      book[kept++] = order;
    }
    // Setting the length of an array is slow.
    while (book.length > kept) book.pop();
  }

  /** The extreme of a candle counts only for orders that worked through all of it. */
  #followCandle(order: WorkingOrder, close: number): void {
    const instrument = this.#instruments[order.request.market]!;
    const extreme = order.request.side === 'sell' ? this.#highUnits : this.#lowUnits;
    order.follow(order.born === 'inside' ? priceUnits(instrument, close, 'nearest') : extreme);
  }

  #end(order: WorkingOrder, reason: CancelReason): void {
    assert(!order.isDead, 'an order ends once');
    order.isDead = true;
    this.#reply({ kind: 'canceled', orderId: order.request.id, reason });
  }

  #find(orderId: number): WorkingOrder | undefined {
    for (const book of this.#books)
      for (const order of book) if (order.request.id === orderId && !order.isDead) return order;
    return undefined;
  }
}
