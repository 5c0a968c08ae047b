import { Candles, rowAt } from '@wickworks/core';
import { createSignalRunner, faultText, type SignalRunner } from '@wickworks/engine';
import type { SignalReport, SignalTask } from './backtest-task.js';
import { definitionOf, issuesText } from './definition-of.js';

/** One strategy on one market, in a thread: told the candles as they close, it answers with the signals. */
export class SignalFollower {
  #candles = new Candles();
  #runner: SignalRunner | null = null;

  /** A strategy that throws has failed; its thread is of no use afterwards. */
  async work(task: SignalTask): Promise<SignalReport> {
    try {
      if (task.kind === 'follow') {
        const strategy = await definitionOf(task.document);
        if (!strategy.ok) return { kind: 'failed', reason: issuesText(strategy.error) };
        this.#candles = new Candles(task.candles.length);
        const { params, market, document } = task;
        const input = { strategy: strategy.value, params, market, timeframe: document.timeframe };
        this.#keep(task);
        const runner = createSignalRunner({ ...input, candles: this.#candles });
        if (!runner.ok) return { kind: 'failed', reason: faultText(runner.error) };
        this.#runner = runner.value;
      } else this.#keep(task);
      return { kind: 'signals', signals: this.#runner?.append() ?? [] };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #keep({ candles }: SignalTask): void {
    for (let index = 0; index < candles.length; index++) this.#candles.push(rowAt(candles, index));
  }
}
