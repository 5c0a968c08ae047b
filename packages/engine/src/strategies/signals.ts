import {
  assert,
  lowerBound,
  ok,
  type CandleColumns,
  type Result,
  type SignalAction,
  type Timeframe,
} from '@wickworks/core';
import type { InstrumentRules } from '../market/instrument.js';
import { prepareBacktest, type Backtest, type BacktestFault } from '../runner/backtest.js';
import type { StrategyDefinition } from '../runner/strategy.js';

/** What a strategy wants at a closed candle, or a stop or target that was met inside it. */
export interface Signal {
  /** Open time of that candle, ms UTC. */
  readonly openTimeMs: number;
  readonly action: SignalAction;
  /** Its close; for a stop or target the price of the fill. Quote currency. */
  readonly price: number;
  /** The rule that fired. */
  readonly reason: string;
}

export interface SignalInput {
  readonly strategy: StrategyDefinition;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly timeframe: Timeframe;
  /**
   * The markets of the run, in the order in which candles that close together are told. Closed candles only, to which
   * the caller goes on appending: one of the other markets never after one of any market that closed later.
   */
  readonly markets: readonly { readonly rules: InstrumentRules; readonly candles: CandleColumns }[];
  /** The one whose signals are told; the others lend their candles. */
  readonly symbol: string;
}

/** A strategy followed on growing candles: it trades on paper, with money to spare, and says what it wants. */
export class SignalRunner {
  readonly #market: number;
  readonly #candles: CandleColumns;
  readonly #backtest: Backtest;
  #orders = 0;
  #fills = 0;

  constructor(backtest: Backtest, followed: { readonly market: number; readonly candles: CandleColumns }) {
    this.#backtest = backtest;
    this.#market = followed.market;
    this.#candles = followed.candles;
  }

  /** The signals of every candle appended since the last call, in order; of the first call those of the past. */
  append(): readonly Signal[] {
    const signals: Signal[] = [];
    while (this.#backtest.advance(1) > 0) this.#read(signals);
    return signals;
  }

  #read(signals: Signal[]): void {
    const { session } = this.#backtest;
    const { records } = session.desk;
    for (; this.#fills < session.fills.length; this.#fills++) {
      const fill = session.fills[this.#fills]!;
      const order = records[fill.orderId - 1]?.request;
      assert(order, 'every fill has its order');
      const isProtective = order.reduceOnly && (order.type !== 'market' || order.parentId !== 0);
      if (fill.market !== this.#market || !isProtective) continue;
      const price = fill.priceUnits / session.portfolio.instruments[this.#market]!.priceScale;
      const action = fill.side === 'sell' ? 'exit-long' : 'exit-short';
      signals.push({ openTimeMs: fill.timeMs, action, price, reason: fill.tag });
    }
    for (; this.#orders < records.length; this.#orders++) {
      const { createdMs, market, parentId, reduceOnly, side, tag, type } = records[this.#orders]!.request;
      // A stop that was only placed is no signal yet; it becomes one when it fills.
      if (market !== this.#market || parentId !== 0 || (reduceOnly && type !== 'market')) continue;
      const exit = side === 'sell' ? 'exit-long' : 'exit-short';
      const enter = side === 'buy' ? 'enter-long' : 'enter-short';
      const { time, close } = this.#candles;
      // Decided when its candle closed: the last one that had opened by then.
      const index = lowerBound(this.#candles, createdMs) - 1;
      signals.push({ openTimeMs: time[index]!, action: reduceOnly ? exit : enter, price: close[index]!, reason: tag });
    }
  }
}

/** Follows a strategy on one market of a run; nothing has been worked through yet. */
export function createSignalRunner(input: SignalInput): Result<SignalRunner, BacktestFault> {
  const { strategy, params = {}, timeframe, markets, symbol } = input;
  const market = markets.findIndex(({ rules }) => rules.symbol === symbol);
  const followed = markets[market];
  assert(followed, 'the market that is followed is one of the run');
  const prepared = prepareBacktest({
    markets: markets.map(({ rules, candles }) => ({ rules, timeframe, candles })),
    strategy,
    params,
    rules: { cash: 1_000_000, shorting: true },
  });
  return prepared.ok ? ok(new SignalRunner(prepared.value, { market, candles: followed.candles })) : prepared;
}
