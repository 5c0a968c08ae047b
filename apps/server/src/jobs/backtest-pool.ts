import { availableParallelism } from 'node:os';
import { buffersOfTask, type BacktestReport, type BacktestTask } from './backtest-task.js';
import { startWorker } from './start-worker.js';

const HEAP_MB = 1_024;

/** How a run ended. */
export type BacktestOutcome = Exclude<BacktestReport, { kind: 'progress' }> | { readonly kind: 'cancelled' };

/** How a task is followed and stopped. */
export interface PoolControl {
  readonly signal: AbortSignal;
  readonly started: () => void;
  readonly progress: (ratio: number) => void;
  /** Nobody waits for it: it lets the others pass. */
  readonly isBackground?: boolean;
  /** Longest it may work; then it fails. */
  readonly timeMaxMs?: number;
}

/** Runs backtests in threads, at most one fewer than there are processors; the others wait their turn. */
export class BacktestPool {
  readonly #workerUrl: URL;
  readonly #size: number;
  readonly #waiting: (() => void)[] = [];
  readonly #waitingBehind: (() => void)[] = [];
  #busy = 0;

  constructor(workerUrl: URL, size = Math.max(1, availableParallelism() - 1)) {
    this.#workerUrl = workerUrl;
    this.#size = size;
  }

  /**
   * Runs `task` and resolves to how it ended. An abort ends its thread at once; a thread that dies fails its own run
   * only. The columns of the task are gone afterwards.
   */
  async run(task: BacktestTask, control: PoolControl): Promise<BacktestOutcome> {
    await this.#turn(control.isBackground === true ? this.#waitingBehind : this.#waiting);
    try {
      if (control.signal.aborted) return { kind: 'cancelled' };
      control.started();
      return await this.#work(task, control);
    } finally {
      this.#busy--;
      (this.#waiting.shift() ?? this.#waitingBehind.shift())?.();
    }
  }

  async #turn(line: (() => void)[]): Promise<void> {
    if (this.#busy >= this.#size) await new Promise<void>((resolve) => line.push(resolve));
    this.#busy++;
  }

  #work(task: BacktestTask, { signal, progress, timeMaxMs }: PoolControl): Promise<BacktestOutcome> {
    const worker = startWorker(this.#workerUrl, undefined, { maxOldGenerationSizeMb: HEAP_MB });
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const end = (outcome: BacktestOutcome): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        resolve(outcome);
        void worker.terminate();
      };
      const abort = (): void => end({ kind: 'cancelled' });
      signal.addEventListener('abort', abort);
      if (timeMaxMs !== undefined)
        timer = setTimeout(() => end({ kind: 'failed', reason: tooLong(timeMaxMs) }), timeMaxMs);
      worker.on('message', (report: BacktestReport) => {
        if (report.kind === 'progress') progress(report.ratio);
        else end(report);
      });
      worker.on('error', (error) => end({ kind: 'failed', reason: reasonOf(error) }));
      worker.on('exit', (code) => end({ kind: 'failed', reason: `its thread ended with code ${code}` }));
      worker.postMessage(task, buffersOfTask(task));
    });
  }
}

const tooLong = (timeMs: number): string =>
  `it took longer than the ${String(timeMs / 1_000)} seconds it may take; choose a shorter range or a longer timeframe`;

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'it needs more memory than a backtest may have; choose a shorter range or a longer timeframe'
    : `an internal error: ${error instanceof Error ? error.message : String(error)}`;
