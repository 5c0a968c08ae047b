import type { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { VenueOptions } from '@wickworks/venue';
import { pause } from '../feed/pause.js';
import { startWorker } from './start-worker.js';

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), url: z.string() }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

const RESTART_FIRST_MS = 250;
const RESTART_MAX_MS = 10_000;
const STOP_GRACE_MS = 2_000;

/** The local venue in a thread of its own, started again should it die. */
export class EmbeddedVenue {
  readonly url: string;
  readonly #workerUrl: URL;
  readonly #options: VenueOptions;
  readonly #log: { error(fields: object, message: string): void };
  readonly #stop = new AbortController();
  #worker: Worker;
  #state: 'ok' | 'failed' = 'ok';

  private constructor(input: EmbeddedVenueInput, started: { worker: Worker; url: string }) {
    this.url = started.url;
    this.#workerUrl = input.workerUrl;
    this.#options = { ...input.options, port: Number(new URL(started.url).port) };
    this.#log = input.log;
    this.#worker = started.worker;
    this.#restartOnExit(started.worker);
  }

  /** Starts it and waits until it answers; rejects with a message for people when it cannot be. */
  static async start(input: EmbeddedVenueInput): Promise<EmbeddedVenue> {
    return new EmbeddedVenue(input, await launch(input.workerUrl, input.options));
  }

  get health(): { state: 'ok' | 'failed'; detail: string } {
    return { state: this.#state, detail: this.#state === 'ok' ? `answers at ${this.url}` : 'is being started again' };
  }

  /** Stops it for good. */
  async close(): Promise<void> {
    this.#stop.abort();
    const gone = new Promise((resolve) => this.#worker.once('exit', resolve));
    if (this.#state === 'failed') return;
    this.#worker.postMessage({ kind: 'stop' });
    const deadline = setTimeout(() => void this.#worker.terminate(), STOP_GRACE_MS);
    await gone;
    clearTimeout(deadline);
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  #restartOnExit(worker: Worker): void {
    worker.on('error', (error) => this.#log.error({ err: error }, 'the venue failed'));
    worker.once('exit', () => {
      if (this.#isStopped()) return;
      this.#state = 'failed';
      void this.#restart();
    });
  }

  async #restart(): Promise<void> {
    for (let delayMs = RESTART_FIRST_MS; !this.#isStopped(); delayMs = Math.min(RESTART_MAX_MS, delayMs * 2)) {
      await pause(delayMs, this.#stop.signal);
      if (this.#isStopped()) return;
      try {
        const { worker } = await launch(this.#workerUrl, this.#options);
        if (this.#isStopped()) {
          await worker.terminate();
          return;
        }
        this.#worker = worker;
        this.#state = 'ok';
        this.#restartOnExit(worker);
        return;
      } catch (error) {
        this.#log.error({ err: error }, 'the venue could not be started again');
      }
    }
  }
}

export interface EmbeddedVenueInput {
  readonly workerUrl: URL;
  readonly options: VenueOptions;
  readonly log: { error(fields: object, message: string): void };
}

function launch(workerUrl: URL, options: VenueOptions): Promise<{ worker: Worker; url: string }> {
  const worker = startWorker(workerUrl, options);
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the venue ended with code ${code} before it was ready`)));
    worker.once('message', (raw) => {
      const message = Message.parse(raw);
      worker.removeAllListeners('error').removeAllListeners('exit');
      if (message.kind === 'ready') resolve({ worker, url: message.url });
      else reject(new Error(`the local venue cannot start: ${message.message}`));
    });
  });
}
