import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@wickworks/contracts';

/** What a running job is given: where to tell its progress, and when to stop. */
export interface JobControl {
  readonly signal: AbortSignal;
  /** `ratio` 0..1 and one sentence. */
  readonly progress: (ratio: number, detail: string) => void;
  /** Tells that it waits for its turn, or no longer does. */
  readonly waits: (isWaiting: boolean) => void;
}

interface Job {
  view: JobView;
  readonly owner: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

const ENDED_JOBS_KEPT = 200;
const STOP_GRACE_MS = 1_000;

/** Long work of this process: started at once, listed, cancelled; ended jobs are remembered for a while. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<(job: JobView) => void>();
  readonly #nowMs: () => number;
  readonly #log: { error(fields: object, message: string): void };

  constructor(input: { nowMs: () => number; log: { error(fields: object, message: string): void } }) {
    this.#nowMs = input.nowMs;
    this.#log = input.log;
  }

  /** Jobs still at work. */
  get runningCount(): number {
    return this.list().filter(({ state }) => state === 'running' || state === 'queued').length;
  }

  /** Whose work it is; `undefined` when there is none of this id. */
  ownerOf(id: string): string | undefined {
    return this.#jobs.get(id)?.owner;
  }

  /** Newest first. */
  list(): JobView[] {
    return [...this.#jobs.values()].map((job) => job.view).reverse();
  }

  find(id: string): JobView | undefined {
    return this.#jobs.get(id)?.view;
  }

  /** Tells every job that began, changed or ended; returns the unsubscribe. */
  onChange(listener: (job: JobView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts `work` of the user `owner`. It resolves to a closing sentence, or to `{failed}` with the reason. */
  start(
    kind: string,
    detail: string,
    work: (control: JobControl) => Promise<string | { failed: string }>,
    { owner, id = randomUUID() }: { owner: string; id?: string },
  ): JobView {
    const abort = new AbortController();
    const nowMs = this.#nowMs();
    const view: JobView = {
      id,
      kind,
      state: 'running',
      progressRatio: 0,
      detail,
      createdMs: nowMs,
      updatedMs: nowMs,
    };
    const progress = (ratio: number, told: string): void =>
      this.#update(id, { progressRatio: Math.min(1, Math.max(0, ratio)), detail: told });
    const done = (async () => {
      try {
        const outcome = await work({
          signal: abort.signal,
          progress,
          waits: (isWaiting) => this.#update(id, { state: isWaiting ? 'queued' : 'running' }),
        });
        if (abort.signal.aborted) this.#update(id, { state: 'cancelled', detail: 'cancelled' });
        else if (typeof outcome === 'string') this.#update(id, { state: 'done', progressRatio: 1, detail: outcome });
        else this.#update(id, { state: 'failed', detail: outcome.failed });
      } catch (error) {
        this.#log.error({ err: error, job: id, kind }, 'job failed');
        this.#update(id, { state: 'failed', detail: 'an internal error; the log says more' });
      }
    })();
    this.#jobs.set(id, { view, owner, abort, done });
    this.#tell(view);
    this.#forgetOldest();
    return view;
  }

  /** Asks a job to stop; false when there is none of this id. An ended job stays as it ended. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    job?.abort.abort();
    return job !== undefined;
  }

  /** Asks everything to stop and waits for it, but not for long: what was fetched so far is stored. */
  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()];
    for (const job of jobs) job.abort.abort();
    await Promise.race([Promise.all(jobs.map((job) => job.done)), sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  }

  #update(id: string, change: Partial<JobView>): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    job.view = { ...job.view, ...change, updatedMs: this.#nowMs() };
    this.#tell(job.view);
  }

  #tell(view: JobView): void {
    for (const listener of this.#listeners) listener(view);
  }

  #forgetOldest(): void {
    let ended = this.#jobs.size - this.runningCount;
    for (const [id, job] of this.#jobs) {
      if (ended <= ENDED_JOBS_KEPT) return;
      if (job.view.state === 'running' || job.view.state === 'queued') continue;
      this.#jobs.delete(id);
      ended--;
    }
  }
}
