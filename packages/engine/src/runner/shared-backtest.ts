import { closeTimeOf, lowerBound, MS_PER_DAY, timeframeMs, type CandleColumns } from '@wickworks/core';
import { FundingSchedule } from '../market/funding.js';
import type { SessionEvent } from '../messages.js';
import { PaperBroker } from '../paper/paper-broker.js';
import { Portfolio } from '../portfolio/portfolio.js';
import { Purses, type PurseOwner } from '../portfolio/purses.js';
import type { Instrument } from '../market/instrument.js';
import type { BacktestMarket, BacktestRecord, BacktestRules, Intrabar } from './backtest.js';
import { SharedSession, type SeatOptions } from './shared-session.js';
import { TradeReader } from './trade-reader.js';

/** What may happen at one moment, in this order: candles end, strategies decide, candles begin. */
const PHASE = { inside: 0, decide: 1, open: 2 } as const;
type Phase = (typeof PHASE)[keyof typeof PHASE];

const MONTH_DAYS_MAX = 31;

/** Where one market stands: a strategy's candles of a symbol. */
interface Cursor {
  readonly market: BacktestMarket;
  readonly funding: FundingSchedule | null;
  /** Index of the candle that is next to open, or is open. */
  index: number;
  closeMs: number;
  /** What happens next, and when. */
  phase: Phase;
  timeMs: number;
  /** The detail candle that is open or next to open; −1: the candle is played as a whole. */
  detailIndex: number;
  /** The broker has seen the first half of the candle that is open. */
  isPlayed: boolean;
  readonly tape: TradeReader | null;
  /** The trade that is next to be played; −1: none of the candle that is open is. */
  tradeAt: number;
  /** The mark when the candle opened that trades decide; 0: they do not. */
  markBefore: number;
}

/** What was filled at the trades of one millisecond: units by row of the tape. */
interface TakenTrades {
  timeMs: number;
  readonly units: Map<number, number>;
}

/** One strategy with the markets it trades, each over its own candles. */
export interface SharedStrategy extends Omit<SeatOptions, 'candles'> {
  readonly markets: readonly BacktestMarket[];
  /** Ratio (0..1) of the deposit reserved for it; null: none. */
  readonly allocation: number | null;
}

/**
 * A backtest of several strategies on one account. Unlike that of one strategy it must keep the order of events across
 * candles of different widths: orders meet the open of a candle when it opens, the rest of it when it has closed.
 * At one moment all candles that end are played first, then the strategies decide in the order of the list, then the
 * candles that begin fill what was just decided, in that order again. A trade is a candle of one price and no width.
 */
export class SharedBacktest {
  readonly session: SharedSession;
  readonly #cash: number;
  readonly #broker: PaperBroker;
  readonly #cursors: readonly Cursor[];
  readonly #hasInterest: boolean;
  readonly #intrabar = { trades: 0, detail: 0, candles: 0 };
  /** By market: of its symbol, one for all. */
  readonly #takenTrades: readonly TakenTrades[];
  /** Longest candle, ms: no fill reported now happened longer ago. */
  readonly #widestMs: number;

  /** `instruments` are those of the strategies' markets, one after the other. */
  constructor(options: {
    strategies: readonly SharedStrategy[];
    instruments: readonly Instrument[];
    rules: BacktestRules;
  }) {
    const { strategies, instruments, rules } = options;
    const cashE8 = Math.round(rules.cash * 1e8);
    const portfolio = new Portfolio(instruments, cashE8);
    const owners: PurseOwner[] = strategies.map(({ markets, allocation }) => ({ markets: markets.length, allocation }));
    const purses = new Purses(portfolio, cashE8, owners);
    this.#broker = new PaperBroker({
      instruments,
      portfolio,
      rules,
      reply: (event: SessionEvent): void => this.session.step(event),
      shared: {
        purses,
        takenIn: (market, candles, index) => this.#takenIn(market, candles, index),
        siblingsOf: (market) => siblings[market]!,
        candleAt: (market, timeMs) => this.#candleAt(market, timeMs),
      },
    });
    this.session = new SharedSession({
      portfolio,
      purses,
      limits: { leverage: rules.leverage, shorting: rules.shorting, positionsMax: rules.positionsMax },
      broker: this.#broker,
      seats: strategies.map(({ markets, ...seat }) => ({ ...seat, candles: markets.map(({ candles }) => candles) })),
    });
    const symbols = new Map<string, TakenTrades>();
    this.#takenTrades = instruments.map(({ symbol }) => {
      const taken = symbols.get(symbol) ?? { timeMs: 0, units: new Map<number, number>() };
      symbols.set(symbol, taken);
      return taken;
    });
    const siblings = instruments.map((_, market) => this.session.sameSymbol(market).filter((same) => same !== market));
    this.#cash = rules.cash;
    this.#hasInterest = rules.borrowRatioPerDay > 0;
    const markets = strategies.flatMap((strategy) => strategy.markets);
    this.#cursors = markets.map((market) => ({
      market,
      funding: market.funding === undefined ? null : new FundingSchedule(market.funding, market.candles.time[0]!),
      index: 0,
      closeMs: 0,
      phase: PHASE.open,
      timeMs: market.candles.time[0]!,
      detailIndex: -1,
      isPlayed: false,
      tape: market.trades ? new TradeReader(market.trades) : null,
      tradeAt: -1,
      markBefore: 0,
    }));
    this.#widestMs = Math.max(
      ...markets.map(({ timeframe }) => (timeframe === '1M' ? MONTH_DAYS_MAX * MS_PER_DAY : timeframeMs(timeframe))),
    );
  }

  /** Works through at most `count` candles of strategies; returns how many there were. 0: none are left. */
  advance(count = Infinity): number {
    let done = 0;
    while (done < count) {
      const at = this.#next();
      if (at < 0) break;
      const cursor = this.#cursors[at]!;
      switch (cursor.phase) {
        case PHASE.open:
          this.#open(at, cursor);
          break;
        case PHASE.inside:
          this.#inside(at, cursor);
          break;
        case PHASE.decide:
          this.#decide(at, cursor);
          done++;
      }
    }
    return done;
  }

  /** What decided the order of events so far. */
  get intrabar(): Intrabar {
    return { ...this.#intrabar };
  }

  /** What happened so far; columns and lists are those of the session, not copies: read them before going on. */
  record(): Omit<BacktestRecord, 'refusals'> {
    const { portfolio, equityCurve, fills, desk } = this.session;
    return {
      cash: this.#cash,
      equityTimesMs: equityCurve.times,
      equity: equityCurve.values,
      fills,
      orders: desk.records,
      roundTrips: portfolio.roundTrips,
      fees: portfolio.fees,
      carry: portfolio.carry,
    };
  }

  /** The market to which something happens next; of equals the first listed. −1: the candles are over. */
  #next(): number {
    let next = -1;
    let nextMs = Infinity;
    let nextPhase: Phase = PHASE.open;
    for (let at = 0; at < this.#cursors.length; at++) {
      const { timeMs, phase } = this.#cursors[at]!;
      if (timeMs > nextMs || (timeMs === nextMs && (next < 0 || phase >= nextPhase))) continue;
      next = at;
      nextMs = timeMs;
      nextPhase = phase;
    }
    return next;
  }

  /** A candle of the strategy begins, or a detail candle or a trade within it. */
  #open(at: number, cursor: Cursor): void {
    const { candles, detail, timeframe } = cursor.market;
    const { timeMs, index } = cursor;
    if (cursor.tradeAt >= 0) {
      this.#trade(at, cursor, cursor.tradeAt);
      return;
    }
    if (detail && cursor.detailIndex >= 0) {
      this.#begin(at, cursor, detail.candles, cursor.detailIndex);
      cursor.timeMs = Math.min(cursor.closeMs, closeTimeOf(detail.timeframe, timeMs));
      return;
    }
    cursor.closeMs = closeTimeOf(timeframe, timeMs);
    cursor.funding?.tellUntil(timeMs, (ratio, paidMs) => {
      this.#broker.fund(at, ratio, paidMs);
    });
    const isBusy = this.#broker.isBusy(at);
    const isQuiet = !isBusy || this.#broker.isQuiet(at, candles.low[index]!, candles.high[index]!);
    if (!isQuiet && cursor.tape?.decides(candles, index, cursor.closeMs) === true) {
      this.#intrabar.trades++;
      cursor.markBefore = this.session.portfolio.markOf(at);
      this.#seekTrade(at, cursor, cursor.tape, cursor.tape.from);
      return;
    }
    if (detail && isBusy) {
      const first = lowerBound(detail.candles, timeMs);
      if (first < detail.candles.length && detail.candles.time[first] === timeMs) {
        if (!isQuiet) this.#intrabar.detail++;
        cursor.detailIndex = first;
        this.#open(at, cursor);
        return;
      }
    }
    if (!isQuiet) this.#intrabar.candles++;
    this.#begin(at, cursor, candles, index);
    cursor.timeMs = cursor.closeMs;
  }

  /** One of the trades that decide the candle that is open. */
  #trade(at: number, cursor: Cursor, row: number): void {
    const { market, index, timeMs } = cursor;
    const tape = cursor.tape!;
    const { fills } = this.session;
    const before = fills.length;
    this.#broker.matchTrade(at, tape.columns, row, market.candles, index);
    const taken = this.#takenTrades[at]!;
    for (let fill = before; fill < fills.length; fill++) {
      if (taken.timeMs !== timeMs) taken.units.clear();
      taken.timeMs = timeMs;
      if (fills[fill]!.market === at) taken.units.set(row, (taken.units.get(row) ?? 0) + fills[fill]!.quantityUnits);
    }
    this.session.mark(at, tape.columns.close[row]!);
    this.#seekTrade(at, cursor, tape, row + 1);
  }

  /** The first of the candle's trades from `row` on that changes anything is next; when none does, the candle's end. */
  #seekTrade(at: number, cursor: Cursor, { columns, to }: TradeReader, row: number): void {
    const price = columns.close;
    let next = this.#broker.isBusy(at) ? row : to;
    while (next < to && this.#broker.isQuiet(at, price[next]!, price[next]!)) next++;
    const isMore = next < to;
    cursor.tradeAt = isMore ? next : -1;
    cursor.phase = isMore ? PHASE.open : PHASE.inside;
    cursor.timeMs = isMore ? columns.time[next]! : cursor.closeMs;
  }

  #begin(at: number, cursor: Cursor, candles: CandleColumns, index: number): void {
    const broker = this.#broker;
    cursor.phase = PHASE.inside;
    cursor.isPlayed = broker.isBusy(at) && !broker.isQuiet(at, candles.low[index]!, candles.high[index]!);
    if (cursor.isPlayed) broker.matchOpen(at, candles, index, cursor.index);
  }

  /** What began has ended. */
  #inside(at: number, cursor: Cursor): void {
    const { market, index, closeMs, detailIndex } = cursor;
    const { candles, detail } = market;
    const played = detail && detailIndex >= 0 ? detail.candles : candles;
    const playedIndex = detailIndex >= 0 ? detailIndex : index;
    if (cursor.isPlayed) this.#broker.matchInside(at, played, playedIndex, index);
    cursor.isPlayed = false;
    if (detailIndex >= 0) {
      const next = detailIndex + 1;
      const nextMs = next < played.length ? played.time[next]! : Infinity;
      const isMore = nextMs < closeMs;
      cursor.detailIndex = isMore ? next : -1;
      if (isMore || cursor.timeMs < closeMs) {
        this.session.mark(at, played.close[detailIndex]!);
        cursor.phase = isMore ? PHASE.open : PHASE.inside;
        cursor.timeMs = isMore ? nextMs : closeMs;
        return;
      }
    }
    if (this.#hasInterest) {
      // On the value at the last close, as where nothing finer decides: the marks of trades are for who acts meanwhile.
      if (cursor.markBefore > 0) this.session.mark(at, cursor.markBefore);
      this.#broker.accrue(at, closeMs - candles.time[index]!, closeMs);
    }
    cursor.markBefore = 0;
    this.session.mark(at, candles.close[index]!);
    cursor.phase = PHASE.decide;
  }

  #decide(at: number, cursor: Cursor): void {
    const { candles } = cursor.market;
    const index = cursor.index++;
    this.session.step({ kind: 'candle', market: at, index, closeMs: cursor.closeMs });
    cursor.phase = PHASE.open;
    cursor.timeMs = cursor.index < candles.length ? candles.time[cursor.index]! : Infinity;
  }

  /** The candle of a market that holds `timeMs`; before its first and behind its last one, that one. */
  #candleAt(market: number, timeMs: number): { index: number; timeMs: number } {
    const { index, market: of } = this.#cursors[market]!;
    const { time, length } = of.candles;
    let at = Math.min(index, length - 1);
    if (at > 0 && time[at]! > timeMs) at--;
    return { index: at, timeMs: time[at]! };
  }

  /** Units of a market's symbol that all strategies filled at this trade, or in this candle and those that opened since. */
  #takenIn(market: number, candles: CandleColumns, index: number): number {
    const timeMs = candles.time[index]!;
    if (candles === this.#cursors[market]!.tape?.columns) {
      const taken = this.#takenTrades[market]!;
      return taken.timeMs === timeMs ? (taken.units.get(index) ?? 0) : 0;
    }
    const { fills } = this.session;
    const same = this.session.sameSymbol(market);
    let taken = 0;
    for (let at = fills.length - 1; at >= 0; at--) {
      const fill = fills[at]!;
      if (fill.timeMs < timeMs - this.#widestMs) break;
      if (fill.timeMs >= timeMs && same.includes(fill.market)) taken += fill.quantityUnits;
    }
    return taken;
  }
}
