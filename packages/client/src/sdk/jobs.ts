import { API, type JobView, type Paging } from '@wickworks/contracts';
import { ok, type Result } from '@wickworks/core';
import { transportFailure, type ClientFailure } from '../failure.js';
import type { Caller } from './caller.js';

const routes = API.jobs;
const LOOK_EVERY_MS = 500;

/** How a job is waited for. */
export interface WaitOptions {
  readonly signal?: AbortSignal;
  /** Told each time it is looked at. */
  readonly onProgress?: (job: JobView) => void;
}

/** Long work. */
export const jobCalls = (call: Caller) => ({
  /** Jobs at work and ended ones, newest first. */
  list: (query: Partial<Paging> = {}) => call(routes.getJobs, { query }),
  get: (id: string) => call(routes.getJob, { params: { id } }),
  /** Asks a job to stop; it ends as `cancelled` soon after. */
  cancel: (id: string) => call(routes.cancelJob, { params: { id } }),
  /** Resolves with the job once it has ended, however that was. */
  wait: (id: string, options: WaitOptions = {}) => waitFor(call, id, options),
});

async function waitFor(
  call: Caller,
  id: string,
  { signal, onProgress }: WaitOptions,
): Promise<Result<JobView, ClientFailure>> {
  for (;;) {
    const found = await call(routes.getJob, { params: { id }, signal });
    // A lost answer is no lost job.
    if (!found.ok && !(found.error.retryable && signal?.aborted !== true)) return found;
    if (found.ok) {
      onProgress?.(found.value);
      if (found.value.state !== 'queued' && found.value.state !== 'running') return ok(found.value);
    }
    await pause(LOOK_EVERY_MS, signal);
    if (signal?.aborted === true) return { ok: false, error: transportFailure('no longer waited for') };
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
