import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@wickworks/contracts';
import type { Result } from '@wickworks/core';
import type { JobRow, JobStore } from '@wickworks/db';

/** What a running job is given: where to tell its progress, and when to stop. */
export interface JobControl {
  readonly signal: AbortSignal;
  /** `ratio` 0..1 and one sentence. */
  readonly progress: (ratio: number, detail: string) => void;
  /** Tells that it waits for its turn, or no longer does. */
  readonly waits: (isWaiting: boolean) => void;
  /** True when it is stopped because the process ends: it has not ended, the next process takes it up or fails it. */
  readonly isInterrupted: () => boolean;
}

/**
 * Resolves to a closing sentence when everything was done, whatever it was asked meanwhile; or to `{failed}` with the
 * reason, which is also how it ends when it stopped as asked.
 */
export type JobWork = (control: JobControl) => Promise<string | { failed: string }>;

/** Prepares what an ended process left undone, from what was asked for; an error says why it cannot go on. */
export type ResumeJob = (job: {
  readonly id: string;
  readonly ownerId: string;
  readonly request: unknown;
}) => Promise<Result<JobWork, string>>;

export interface JobBoardInput {
  readonly store: JobStore;
  readonly nowMs: () => number;
  readonly log: { error(fields: object, message: string): void };
}

interface Job {
  view: JobView;
  readonly owner: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Who started a job, under which name it is known, and what the next process needs to take it up. */
interface JobOrigin {
  readonly owner: string;
  readonly id?: string;
  readonly request?: unknown;
}

const ENDED_JOBS_KEPT = 200;
const STOP_GRACE_MS = 1_000;
const INTERRUPTED = 'interrupted by a restart of the server';

/**
 * Long work: started at once, listed, cancelled; ended jobs are remembered for a while. Every job is stored before it
 * begins and once it ended, so that none is lost silently when the process ends.
 */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<(job: JobView) => void>();
  readonly #input: JobBoardInput;
  #isClosing = false;

  constructor(input: JobBoardInput) {
    this.#input = input;
  }

  /**
   * Recalls the jobs of earlier processes. Those that had not ended go on when there is a `resume` for their kind and
   * a request to begin with, the others have failed.
   */
  async recall(resume: Readonly<Record<string, ResumeJob>>): Promise<void> {
    const { store } = this.#input;
    const unfinished = await store.unfinished();
    for (const row of (await store.ended(ENDED_JOBS_KEPT)).reverse()) this.#keepEnded(row);
    for (const row of unfinished) {
      const { id, ownerId, kind, request } = row;
      const prepare = request === null ? undefined : resume[kind];
      if (prepare)
        this.#begin({ ...viewOf(row), state: 'queued' }, ownerId, resumed(prepare, { id, ownerId, request }));
      else {
        const ended = { state: 'failed', detail: INTERRUPTED, updatedMs: this.#input.nowMs() } as const;
        await store.update(id, ended);
        this.#keepEnded({ ...row, ...ended });
      }
    }
  }

  /** Jobs still at work. */
  get runningCount(): number {
    return this.list().filter(isAtWork).length;
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

  /** Stores a job and starts its `work`. */
  async start(
    kind: string,
    detail: string,
    work: JobWork,
    { owner, id = randomUUID(), request }: JobOrigin,
  ): Promise<JobView> {
    const nowMs = this.#input.nowMs();
    const view: JobView = { id, kind, state: 'running', progressRatio: 0, detail, createdMs: nowMs, updatedMs: nowMs };
    await this.#input.store.add({ ...view, ownerId: owner, request: request ?? null });
    return this.#begin(view, owner, work);
  }

  /** Asks a job to stop; false when there is none of this id. An ended job stays as it ended. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    job?.abort.abort();
    return job !== undefined;
  }

  /** Asks everything to stop and waits for it, but not for long: what was fetched so far is stored. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const jobs = [...this.#jobs.values()];
    for (const job of jobs) if (isAtWork(job.view)) job.abort.abort();
    await Promise.race([Promise.all(jobs.map((job) => job.done)), sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  }

  #begin(view: JobView, owner: string, work: JobWork): JobView {
    const { id, kind } = view;
    const abort = new AbortController();
    let wasCancelled = false;
    // Whoever cancelled before the process was asked to end has cancelled.
    abort.signal.addEventListener('abort', () => (wasCancelled = !this.#isClosing));
    const isInterrupted = (): boolean => abort.signal.aborted && !wasCancelled;
    const run = async (): Promise<Partial<JobView> | null> => {
      try {
        const outcome = await work({
          signal: abort.signal,
          progress: (ratio, told) => this.#update(id, { progressRatio: Math.min(1, Math.max(0, ratio)), detail: told }),
          waits: (isWaiting) => this.#update(id, { state: isWaiting ? 'queued' : 'running' }),
          isInterrupted,
        });
        // Done before it heard: it cannot be undone by saying otherwise.
        if (typeof outcome === 'string') return { state: 'done', progressRatio: 1, detail: outcome };
        if (isInterrupted()) return null;
        if (abort.signal.aborted) return { state: 'cancelled', detail: 'cancelled' };
        return { state: 'failed', detail: outcome.failed };
      } catch (error) {
        if (isInterrupted()) return null;
        this.#input.log.error({ err: error, job: id, kind }, 'job failed');
        return { state: 'failed', detail: 'an internal error; the log says more' };
      }
    };
    const done = run().then((ended) => (ended === null ? undefined : this.#end(id, ended)));
    this.#jobs.set(id, { view, owner, abort, done });
    this.#tell(view);
    this.#forgetOldest();
    return view;
  }

  /** Stored first, told second. */
  async #end(id: string, ended: Partial<JobView>): Promise<void> {
    const job = this.#jobs.get(id);
    if (!job) return;
    const { state, progressRatio, detail, updatedMs } = { ...job.view, ...ended, updatedMs: this.#input.nowMs() };
    try {
      await this.#input.store.update(id, { state, progressRatio, detail, updatedMs });
    } catch (error) {
      this.#input.log.error({ err: error, job: id }, 'how a job ended could not be stored');
    }
    this.#update(id, ended);
  }

  #keepEnded(row: JobRow): void {
    const abort = new AbortController();
    this.#jobs.set(row.id, { view: viewOf(row), owner: row.ownerId, abort, done: Promise.resolve() });
  }

  #update(id: string, change: Partial<JobView>): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    job.view = { ...job.view, ...change, updatedMs: this.#input.nowMs() };
    this.#tell(job.view);
  }

  #tell(view: JobView): void {
    for (const listener of this.#listeners) listener(view);
  }

  #forgetOldest(): void {
    let ended = this.#jobs.size - this.runningCount;
    for (const [id, job] of this.#jobs) {
      if (ended <= ENDED_JOBS_KEPT) return;
      if (isAtWork(job.view)) continue;
      this.#jobs.delete(id);
      ended--;
    }
  }
}

const isAtWork = ({ state }: JobView): boolean => state === 'running' || state === 'queued';

const viewOf = ({ ownerId: _, request: __, ...view }: JobRow): JobView => view;

const resumed =
  (prepare: ResumeJob, job: Parameters<ResumeJob>[0]): JobWork =>
  async (control) => {
    const work = await prepare(job);
    if (!work.ok) return { failed: `${INTERRUPTED}, and cannot go on: ${work.error}` };
    control.waits(false);
    return work.value(control);
  };
