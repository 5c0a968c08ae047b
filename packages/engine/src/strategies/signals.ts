import { assert, ok, type CandleColumns, type Result, type SignalAction, type Timeframe } from '@wickworks/core';
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
  /** Closed candles, to which the caller goes on appending. */
  readonly candles: CandleColumns;
  readonly market: InstrumentRules;
}

/** A strategy followed on growing candles: it trades on paper, with money to spare, and says what it wants. */
export class SignalRunner {
  readonly #candles: CandleColumns;
  readonly #backtest: Backtest;
  #done = 0;
  #orders = 0;
  #fills = 0;

  constructor(candles: CandleColumns, backtest: Backtest) {
    this.#candles = candles;
    this.#backtest = backtest;
  }

  /** The signals of every candle appended since the last call, in order; of the first call those of the past. */
  append(): readonly Signal[] {
    const signals: Signal[] = [];
    while (this.#backtest.advance(1) > 0) this.#read(this.#done++, signals);
    return signals;
  }

  #read(index: number, signals: Signal[]): void {
    const { session } = this.#backtest;
    const { records } = session.desk;
    const openTimeMs = this.#candles.time[index]!;
    for (; this.#fills < session.fills.length; this.#fills++) {
      const fill = session.fills[this.#fills]!;
      const order = records[fill.orderId - 1]?.request;
      assert(order, 'every fill has its order');
      const isProtective = order.reduceOnly && (order.type !== 'market' || order.parentId !== 0);
      if (!isProtective) continue;
      const price = fill.priceUnits / session.portfolio.instruments[0]!.priceScale;
      signals.push({ openTimeMs, action: fill.side === 'sell' ? 'exit-long' : 'exit-short', price, reason: fill.tag });
    }
    for (; this.#orders < records.length; this.#orders++) {
      const { parentId, reduceOnly, side, tag, type } = records[this.#orders]!.request;
      // A stop that was only placed is no signal yet; it becomes one when it fills.
      if (parentId !== 0 || (reduceOnly && type !== 'market')) continue;
      const exit = side === 'sell' ? 'exit-long' : 'exit-short';
      const enter = side === 'buy' ? 'enter-long' : 'enter-short';
      signals.push({ openTimeMs, action: reduceOnly ? exit : enter, price: this.#candles.close[index]!, reason: tag });
    }
  }
}

/** Follows a strategy on one market; nothing has been worked through yet. */
export function createSignalRunner(input: SignalInput): Result<SignalRunner, BacktestFault> {
  const { strategy, params = {}, timeframe, candles, market } = input;
  const prepared = prepareBacktest({
    markets: [{ rules: market, timeframe, candles }],
    strategy,
    params,
    rules: { cash: 1_000_000, shorting: true },
  });
  return prepared.ok ? ok(new SignalRunner(candles, prepared.value)) : prepared;
}
