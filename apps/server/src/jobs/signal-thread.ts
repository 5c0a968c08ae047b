import type { Worker } from 'node:worker_threads';
import type { Signal } from '@wickworks/engine';
import { buffersOf, type SignalReport, type SignalTask } from './backtest-task.js';
import { startWorker } from './start-worker.js';

const HEAP_MB = 256;

/** A strategy that follows one market in a thread of its own: it can neither stop nor slow down the server. */
export class SignalThread {
  readonly #worker: Worker;
  readonly #timeMaxMs: number;
  #end: ((report: SignalReport) => void) | null = null;
  #fault: string | null = null;

  constructor({ workerUrl, timeMaxMs }: { workerUrl: URL; timeMaxMs: number }) {
    this.#timeMaxMs = timeMaxMs;
    this.#worker = startWorker(workerUrl, undefined, { maxOldGenerationSizeMb: HEAP_MB });
    this.#worker.on('message', (report: SignalReport) => this.#end?.(report));
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', () => this.#fail('its thread has ended'));
    this.#worker.unref();
  }

  /** The signals of what is told, one question at a time; rejects, and is of no use any more, when it failed. */
  async tell(task: SignalTask): Promise<readonly Signal[]> {
    const report = await this.#ask(task);
    if (report.kind === 'signals') return report.signals;
    this.close();
    throw new Error(report.reason);
  }

  close(): void {
    this.#fail('it was stopped');
    void this.#worker.terminate();
  }

  #ask(task: SignalTask): Promise<SignalReport> {
    if (this.#fault !== null) return Promise.resolve({ kind: 'failed', reason: this.#fault });
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#fail(`it worked longer than the ${String(this.#timeMaxMs / 1_000)} seconds it may`),
        this.#timeMaxMs,
      );
      this.#end = (report) => {
        clearTimeout(timer);
        this.#end = null;
        resolve(report);
      };
      this.#worker.postMessage(task, task.candles.flatMap(buffersOf));
    });
  }

  #fail(reason: string): void {
    this.#fault ??= reason;
    this.#end?.({ kind: 'failed', reason: this.#fault });
  }
}
