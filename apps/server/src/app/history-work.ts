import { err, ok, timeText, type Result } from '@wickworks/core';
import type { JobControl, JobWork } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';

/** Refuses a range that ends before it begins. */
export function checkRange({ fromMs, toMs }: { fromMs: number; toMs?: number | undefined }): Result<void, Refusal> {
  if (toMs === undefined || toMs > fromMs) return ok(undefined);
  const message = 'must be later than fromMs';
  return err(refuse('invalid-field', `toMs: ${message}`, [{ path: 'toMs', message }]));
}

/** Work that fetches into the store: it has failed when that refuses. */
export const fetchWork =
  (fetch: (control: JobControl) => ReturnType<JobWork>): JobWork =>
  async (control) => {
    // Loaded late, as everywhere in the server: the start need not wait for it.
    const { DatabaseError } = await import('@wickworks/db');
    try {
      return await fetch(control);
    } catch (error) {
      if (error instanceof DatabaseError) return { failed: `what was fetched cannot be stored: ${error.message}` };
      throw error;
    }
  };

/** What a fetch is waiting out, after what it has done. */
export const waitText = (waiting: { failure: { message: string }; pauseMs: number } | null): string =>
  waiting === null ? '' : `; ${waiting.failure.message}: trying again in ${Math.ceil(waiting.pauseMs / 1_000)} s`;

/** Why a fetch ended early. */
export const endedEarly = ({ message }: { message: string }): { failed: string } => ({
  failed: `${message}; what was fetched is stored`,
});

/** As people read it: `2026-11-18 21:30 UTC`. */
export const readableTime = (timeMs: number): string => timeText(timeMs).replace('T', ' ').replace('Z', ' UTC');
