import {
  assert,
  closeTimeOf,
  err,
  lowerBound,
  ok,
  tapeFault,
  tiles,
  timeframeMs,
  type CandleColumns,
  type Result,
  type Timeframe,
  type TradeTape,
} from '@wickworks/core';
import type { IndicatorCache } from '../indicators/indicator-cache.js';
import type { ParamIssue, ParamSpecs, ValuesOf } from '../indicators/params.js';
import { parseParamValues } from '../indicators/params.js';
import { instrumentOf, type Instrument, type InstrumentFault, type InstrumentRules } from '../market/instrument.js';
import { faultOfFunding, FundingSchedule, type Funding } from '../market/funding.js';
import type { Fill, OrderRecord, OrderRequest, Refusal, RoundTrip, SessionEvent, Settlement } from '../messages.js';
import type { BorrowedMemory, RunMemory } from '../market/run-memory.js';
import { PaperBroker } from '../paper/paper-broker.js';
import type { PaperRules } from '../paper/paper-rules.js';
import { slippageFault } from '../paper/slippage.js';
import { Portfolio } from '../portfolio/portfolio.js';
import { faultOfCandles } from './candle-check.js';
import { Session } from './session.js';
import type { StrategyDefinition } from './strategy.js';
import { disagreement, TradeReader } from './trade-reader.js';

/** One market of a backtest. */
export interface BacktestMarket {
  readonly rules: InstrumentRules;
  readonly timeframe: Timeframe;
  /** Closed candles, ascending; may grow between calls of {@link Backtest.advance}. */
  readonly candles: CandleColumns;
  /** Finer candles that decide what happened inside a candle, where they exist. */
  readonly detail?: { readonly timeframe: Timeframe; readonly candles: CandleColumns };
  /** Decide what happened inside the candles they are complete for, before {@link detail} does. */
  readonly trades?: TradeTape;
  /** Of a perpetual. */
  readonly funding?: Funding;
}

/** Candles in which something could happen to the account, by what decided it: trades, finer candles, or they alone. */
export interface Intrabar {
  readonly trades: number;
  readonly detail: number;
  readonly candles: number;
}

/** Account and venue of a backtest. */
export interface BacktestRules extends PaperRules {
  /** Deposit in quote currency. */
  readonly cash: number;
  readonly shorting: boolean;
  /** Markets that may hold a position at once. */
  readonly positionsMax: number;
}

/** Spot without credit, no slippage, no latency, no volume cap. */
export const DEFAULT_RULES: BacktestRules = {
  cash: 10_000,
  shorting: false,
  positionsMax: Infinity,
  slippage: { kind: 'none' },
  volumeShareMax: null,
  latencyMs: 0,
  touchFills: false,
  leverage: 1,
  maintenanceRatio: 0.05,
  liquidationFeeBps: 0,
  borrowRatioPerDay: 0,
};

/** Why a backtest cannot start. */
export type BacktestFault =
  | InstrumentFault
  | { readonly kind: 'no-markets' }
  | { readonly kind: 'no-candles'; readonly symbol: string }
  | { readonly kind: 'bad-candle'; readonly symbol: string; readonly index: number; readonly reason: string }
  | { readonly kind: 'duplicate-symbol'; readonly symbol: string }
  /** An account has one currency. */
  | { readonly kind: 'mixed-currencies'; readonly symbol: string; readonly reason: string }
  /** The strategy asks for a market, at `path` of its document, that the run does not have. */
  | { readonly kind: 'missing-market'; readonly symbol: string; readonly path: string }
  | { readonly kind: 'bad-detail'; readonly symbol: string; readonly reason: string }
  | { readonly kind: 'bad-trades'; readonly symbol: string; readonly reason: string }
  | { readonly kind: 'bad-funding'; readonly symbol: string; readonly reason: string }
  | { readonly kind: 'bad-rule'; readonly field: keyof BacktestRules; readonly reason: string }
  | { readonly kind: 'bad-params'; readonly issues: readonly ParamIssue[] }
  /** A setting of the `at`-th of several strategies. */
  | { readonly kind: 'bad-strategy'; readonly at: number; readonly field: string; readonly reason: string }
  /** What is wrong with the `at`-th of several strategies. */
  | { readonly kind: 'of-strategy'; readonly at: number; readonly fault: BacktestFault };

/** Everything a run did. Money in quote currency. */
export interface BacktestRecord {
  readonly cash: number;
  readonly equityTimesMs: Float64Array;
  readonly equity: Float64Array;
  readonly fills: readonly Fill[];
  readonly orders: readonly OrderRecord[];
  readonly refusals: readonly Refusal[];
  readonly roundTrips: readonly RoundTrip[];
  readonly fees: number;
  /** Funding, borrowing and liquidation charges paid (positive) or received. */
  readonly carry: number;
}

/** How far to look ahead candle by candle before searching. */
const NEAR_CANDLES = 64;

/** How far to look for the next candle that an order waits for: what is found may be overtaken at any candle. */
const QUIET_CANDLES = 256;

/** Where a market's events stand. */
interface Cursor {
  readonly market: BacktestMarket;
  /** Width of its candles in ms; 0 for calendar months. */
  readonly widthMs: number;
  /** Close time of the candle at `next`, if there is one; 0: not looked up. */
  nextCloseMs: number;
  next: number;
  /** Null until its first candle. */
  funding: FundingSchedule | null;
  /** Candles below this index are known to hold the range of their detail candles. */
  readonly soundDetail: number;
  /** Where the detail candles were last found. */
  detailAt: number;
  readonly tape: TradeReader | null;
}

/**
 * A backtest in progress: feeds stored candles to a {@link Session} in the order in which they closed, each first
 * to the paper broker (what was ordered before it opened may fill in it), then to the strategy.
 */
export class Backtest {
  readonly session: Session;
  readonly #cash: number;
  readonly #broker: PaperBroker;
  readonly #cursors: readonly Cursor[];
  readonly #hasInterest: boolean;
  readonly #memory: BorrowedMemory | undefined;
  #isOver = false;
  readonly #intrabar = { trades: 0, detail: 0, candles: 0 };
  /** Reused for every candle: the session keeps no event. */
  readonly #event: { kind: 'candle'; market: number; index: number; closeMs: number };

  constructor(options: {
    markets: readonly BacktestMarket[];
    rules: BacktestRules;
    session: Session;
    broker: PaperBroker;
    memory?: BorrowedMemory | undefined;
  }) {
    this.session = options.session;
    this.#memory = options.memory;
    this.#broker = options.broker;
    this.#cash = options.rules.cash;
    this.#hasInterest = options.rules.borrowRatioPerDay > 0;
    this.#cursors = options.markets.map((market) => ({
      market,
      widthMs: market.timeframe === '1M' ? 0 : timeframeMs(market.timeframe),
      nextCloseMs: 0,
      next: 0,
      funding: null,
      soundDetail: market.detail ? candlesHolding(market.candles, market.detail.candles) : Infinity,
      detailAt: 0,
      tape: market.trades ? new TradeReader(market.trades) : null,
    }));
    this.#event = { kind: 'candle', market: 0, index: 0, closeMs: 0 };
  }

  /** Works through at most `count` candles; returns how many there were. 0: none are left for now. */
  advance(count = Infinity): number {
    assert(!this.#isOver, 'a run that gave its memory back is over');
    const only = this.#cursors.length === 1 ? this.#cursors[0]! : null;
    if (only) return this.#advanceOne(only, count);
    let done = 0;
    for (; done < count; done++) {
      const market = this.#earliest();
      if (market < 0) break;
      this.#candle(market, this.#cursors[market]!);
    }
    return done;
  }

  /** What decided the order of events so far. Without finer data it says nothing: orders may be settled at the open. */
  get intrabar(): Intrabar {
    return { ...this.#intrabar };
  }

  /** What happened so far; columns and lists are those of the session, not copies: read them before going on. */
  record(): BacktestRecord {
    assert(!this.#isOver, 'a run that gave its memory back is over');
    const { session } = this;
    return {
      cash: this.#cash,
      equity: session.equityCurve.values,
      refusals: session.refusals,
      roundTrips: session.portfolio.roundTrips,
      fees: session.portfolio.fees,
      carry: session.portfolio.carry,
      // Written out only if somebody reads them.
      get equityTimesMs() {
        return session.equityCurve.times;
      },
      get fills() {
        return session.fills;
      },
      get orders() {
        return session.desk.records;
      },
    };
  }

  /** Gives borrowed memory back: nothing of this run or of its records may be read any more. */
  giveBack(): void {
    this.#isOver = true;
    this.#memory?.giveBack();
  }

  #advanceOne(cursor: Cursor, count: number): number {
    const end = Math.min(cursor.market.candles.length, cursor.next + count);
    const from = cursor.next;
    const { candles, detail, trades } = cursor.market;
    // What decides instead has an open of its own, later perhaps.
    const settleAt =
      detail || trades
        ? null
        : (order: OrderRequest, index: number): Settlement | null => this.#broker.settleAtOpen(order, candles, index);
    const venue = settleAt && this.#broker;
    while (cursor.next < end) {
      const calm = this.#calmUntil(cursor, end);
      if (calm > cursor.next)
        cursor.next = this.session.stepThrough(cursor.next, calm, { widthMs: cursor.widthMs, settleAt, venue });
      else this.#candle(0, cursor);
    }
    return end - from;
  }

  /** The first candle up to `end` in which something other than the strategy may change the only market's account. */
  #calmUntil({ market, widthMs, next, soundDetail }: Cursor, end: number): number {
    if (widthMs === 0 || this.#hasInterest || market.funding !== undefined) return next;
    if (!this.#broker.isBusy(0)) return end;
    return this.#broker.quietUntil(0, market.candles, next, Math.min(end, soundDetail, next + QUIET_CANDLES));
  }

  /** The market whose next candle closes first; of equals the first listed. −1: none. */
  #earliest(): number {
    let earliest = -1;
    let earliestMs = Infinity;
    for (let market = 0; market < this.#cursors.length; market++) {
      const cursor = this.#cursors[market]!;
      const { candles, timeframe } = cursor.market;
      if (cursor.next >= candles.length) continue;
      if (cursor.nextCloseMs === 0) {
        const openMs = candles.time[cursor.next]!;
        cursor.nextCloseMs = cursor.widthMs > 0 ? openMs + cursor.widthMs : closeTimeOf(timeframe, openMs);
      }
      if (cursor.nextCloseMs < earliestMs) {
        earliest = market;
        earliestMs = cursor.nextCloseMs;
      }
    }
    return earliest;
  }

  #candle(at: number, cursor: Cursor): void {
    const { market } = cursor;
    const index = cursor.next++;
    cursor.nextCloseMs = 0;
    const openMs = market.candles.time[index]!;
    const closeMs = cursor.widthMs > 0 ? openMs + cursor.widthMs : closeTimeOf(market.timeframe, openMs);
    if (market.funding !== undefined) this.#fund(at, cursor, market.funding, openMs);
    if (this.#broker.isBusy(at)) this.#match(at, cursor, index, closeMs);
    const event = this.#event;
    event.market = at;
    event.index = index;
    event.closeMs = closeMs;
    if (this.#hasInterest) this.#broker.accrue(at, closeMs - openMs, closeMs);
    this.session.step(event);
  }

  /** Trades where all of the candle's are there, else detail candles that cover it from its open on, else the candle itself. */
  #match(at: number, cursor: Cursor, index: number, closeMs: number): void {
    const { candles, detail } = cursor.market;
    const broker = this.#broker;
    if (index < cursor.soundDetail && broker.isQuiet(at, candles.low[index]!, candles.high[index]!)) return;
    if (cursor.tape?.decides(candles, index, closeMs) === true) {
      this.#intrabar.trades++;
      this.#matchTrades(at, cursor.tape, candles, index);
      return;
    }
    const from = detail ? detailFrom(cursor, detail.candles, candles.time[index]!) : -1;
    if (detail && from >= 0) this.#intrabar.detail++;
    else this.#intrabar.candles++;
    if (!detail || from < 0) {
      broker.match(at, candles, index, index);
      return;
    }
    const { time, low, high, length } = detail.candles;
    for (let fine = from; fine < length && time[fine]! < closeMs; fine++)
      if (!broker.isQuiet(at, low[fine]!, high[fine]!)) broker.match(at, detail.candles, fine, index);
  }

  #matchTrades(at: number, { columns, from, to }: TradeReader, candles: CandleColumns, index: number): void {
    const broker = this.#broker;
    const price = columns.close;
    for (let trade = from; trade < to && broker.isBusy(at); trade++)
      if (!broker.isQuiet(at, price[trade]!, price[trade]!)) broker.matchTrade(at, columns, trade, candles, index);
  }

  /** Funding up to the open of a candle meets the position held before it. */
  #fund(at: number, cursor: Cursor, funding: Funding, openMs: number): void {
    cursor.funding ??= new FundingSchedule(funding, openMs);
    cursor.funding.tellUntil(openMs, (ratio, timeMs) => this.#broker.fund(at, ratio, timeMs));
  }
}

/** Index of the detail candle that opens at `openMs`, −1: none does. It lies near where the last one was found. */
function detailFrom(cursor: Cursor, detail: CandleColumns, openMs: number): number {
  let at = cursor.detailAt;
  const end = Math.min(detail.length, at + NEAR_CANDLES);
  while (at < end && detail.time[at]! < openMs) at++;
  if (at === end) at = lowerBound(detail, openMs);
  cursor.detailAt = at;
  return at < detail.length && detail.time[at] === openMs ? at : -1;
}

/** Number of first candles of `wide` whose range holds all detail candles that open in them. */
function candlesHolding(wide: CandleColumns, detail: CandleColumns): number {
  let at = 0;
  for (let fine = 0; fine < detail.length; fine++) {
    const openMs = detail.time[fine]!;
    while (at + 1 < wide.length && wide.time[at + 1]! <= openMs) at++;
    if (detail.high[fine]! > wide.high[at]! || detail.low[fine]! < wide.low[at]!) return at;
  }
  return wide.length;
}

/** Prepares a backtest; every fault names what is wrong. Nothing has run yet: call {@link Backtest.advance}. */
export function prepareBacktest<P extends ParamSpecs>(options: {
  markets: readonly BacktestMarket[];
  strategy: StrategyDefinition<P>;
  params?: Readonly<Record<string, unknown>>;
  rules?: Partial<BacktestRules>;
  /** Of the host, for runs over the same candles. */
  cache?: IndicatorCache | undefined;
  /** Of the host, for runs one after the other: {@link Backtest.giveBack}. */
  memory?: RunMemory | undefined;
}): Result<Backtest, BacktestFault> {
  const { markets, strategy } = options;
  const rules: BacktestRules = { ...DEFAULT_RULES, ...options.rules };
  const ruleFault = faultOfRules(rules);
  if (ruleFault) return err(ruleFault);
  const instruments: Instrument[] = [];
  for (const market of markets) {
    const made = instrumentOf(market.rules);
    if (!made.ok) return made;
    instruments.push(made.value);
  }
  const marketFault = faultOfMarkets(markets);
  if (marketFault) return err(marketFault);
  const parsed = parseParamValues(strategy.params, options.params ?? {});
  if (!parsed.ok) return err({ kind: 'bad-params', issues: parsed.error });
  // parseParamValues gives exactly the declared fields, each of its declared kind.
  const params = parsed.value as ValuesOf<P>;
  const memory = options.memory?.borrow();
  const portfolio = new Portfolio(instruments, Math.round(rules.cash * 1e8), memory);
  const reply = (event: SessionEvent): void => session.step(event);
  const broker = new PaperBroker({ instruments, portfolio, rules, reply });
  const session: Session = new Session({
    portfolio,
    broker,
    candles: markets.map((market) => market.candles),
    limits: { leverage: rules.leverage, shorting: rules.shorting, positionsMax: rules.positionsMax },
    warmup: strategy.warmup(params),
    cache: options.cache,
    memory,
    create: (setup) => strategy.create(setup, params),
  });
  return ok(new Backtest({ markets, rules, session, broker, memory }));
}

/** Prepares and runs a backtest over all candles. */
export function backtest<P extends ParamSpecs>(
  options: Parameters<typeof prepareBacktest<P>>[0],
): Result<BacktestRecord, BacktestFault> {
  const prepared = prepareBacktest(options);
  if (!prepared.ok) return prepared;
  for (const { rules, candles } of options.markets)
    if (candles.length === 0) return err({ kind: 'no-candles', symbol: rules.symbol });
  prepared.value.advance();
  return ok(prepared.value.record());
}

/** The first of the rules that is out of its range; null when none is. */
export function faultOfRules(rules: BacktestRules): BacktestFault | null {
  const bad = (field: keyof BacktestRules, reason: string): BacktestFault => ({ kind: 'bad-rule', field, reason });
  if (!(rules.cash > 0 && rules.cash <= 9e7)) return bad('cash', 'must lie in 0..90000000 (the ledger counts 10^-8)');
  if (!(rules.positionsMax >= 1)) return bad('positionsMax', 'must be 1 or more');
  if (!(rules.latencyMs >= 0 && rules.latencyMs < Infinity)) return bad('latencyMs', 'must be 0 or more');
  if (!(rules.leverage >= 1 && rules.leverage <= 200)) return bad('leverage', 'must lie in 1..200');
  if (!(rules.maintenanceRatio > 0 && rules.maintenanceRatio < 1)) return bad('maintenanceRatio', 'must lie in 0..1');
  if (rules.leverage > 1 && rules.maintenanceRatio * rules.leverage >= 1)
    return bad('maintenanceRatio', 'a full position would be liquidated at once: must be below 1 / leverage');
  if (!(rules.liquidationFeeBps >= 0 && rules.liquidationFeeBps <= 10_000))
    return bad('liquidationFeeBps', 'must lie in 0..10000');
  if (!(rules.borrowRatioPerDay >= 0 && rules.borrowRatioPerDay < 1))
    return bad('borrowRatioPerDay', 'must lie in 0..1');
  const share = rules.volumeShareMax;
  if (share !== null && !(share > 0 && share <= 1)) return bad('volumeShareMax', 'must lie in 0..1');
  const slippage = slippageFault(rules.slippage);
  return slippage === null ? null : bad('slippage', slippage);
}

/** The first thing that is wrong with the candles and terms of markets; null when nothing is. */
export function faultOfMarkets(markets: readonly BacktestMarket[]): BacktestFault | null {
  if (markets.length === 0) return { kind: 'no-markets' };
  const seen = new Set<string>();
  for (const { rules, candles, timeframe, detail, trades, funding } of markets) {
    const { symbol } = rules;
    if (seen.has(symbol)) return { kind: 'duplicate-symbol', symbol };
    seen.add(symbol);
    const bad = faultOfCandles(candles);
    if (bad) return { kind: 'bad-candle', symbol, ...bad };
    if (detail && (detail.timeframe === timeframe || !tiles(detail.timeframe, timeframe)))
      return { kind: 'bad-detail', symbol, reason: `${detail.timeframe} candles do not tile ${timeframe} candles` };
    const badDetail = detail ? faultOfCandles(detail.candles) : null;
    if (badDetail) return { kind: 'bad-detail', symbol, reason: `candle ${badDetail.index}: ${badDetail.reason}` };
    const badTrades = trades
      ? (tapeFault(trades) ?? disagreement(candles, trades, (openMs) => closeTimeOf(timeframe, openMs)))
      : null;
    if (badTrades !== null) return { kind: 'bad-trades', symbol, reason: badTrades };
    const badFunding = funding === undefined ? null : faultOfFunding(funding);
    if (badFunding !== null) return { kind: 'bad-funding', symbol, reason: badFunding };
  }
  return null;
}
