import { isRules, type AnyStrategyDocument } from '@wickworks/contracts';
import { Candles, rowAt } from '@wickworks/core';
import { createSignalRunner, faultText, type SignalRunner } from '@wickworks/engine';
import type { SignalReport, SignalTask } from './backtest-task.js';
import { definitionOf, issuesText } from './definition-of.js';

/** One strategy on one market, in a thread: told the candles as they close, it answers with the signals. */
export class SignalFollower {
  #candles: readonly Candles[] = [];
  #runner: SignalRunner | null = null;

  /** A strategy that throws has failed; its thread is of no use afterwards. */
  async work(task: SignalTask): Promise<SignalReport> {
    try {
      if (task.kind === 'follow') {
        const { params, document, symbol } = task;
        const strategy = await definitionOf(tradingOnly(symbol, document));
        if (!strategy.ok) return { kind: 'failed', reason: issuesText(strategy.error) };
        this.#candles = task.candles.map(({ length }) => new Candles(length));
        this.#keep(task);
        const markets = task.markets.map((rules, at) => ({ rules, candles: this.#candles[at]! }));
        const { timeframe } = document;
        const runner = createSignalRunner({ strategy: strategy.value, params, timeframe, markets, symbol });
        if (!runner.ok) return { kind: 'failed', reason: faultText(runner.error) };
        this.#runner = runner.value;
      } else this.#keep(task);
      return { kind: 'signals', signals: this.#runner?.append() ?? [] };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #keep({ candles }: SignalTask): void {
    candles.forEach((columns, at) => {
      for (let index = 0; index < columns.length; index++) this.#candles[at]!.push(rowAt(columns, index));
    });
  }
}

/** The other markets lend their candles, whatever the document does on its own. */
const tradingOnly = (symbol: string, document: AnyStrategyDocument): AnyStrategyDocument =>
  isRules(document) ? { ...document, trade: [symbol] } : document;
