import { err, type Result } from '@wickworks/core';
import type * as z from 'zod';
import type { JobWork, ResumeJob } from '../jobs/job-board.js';
import type { Refusal } from '../wire/problem.js';

/** What the job board calls fetches of candles and of trades. */
export const BACKFILL_JOB = 'backfill';
export const TRADES_BACKFILL_JOB = 'trades-backfill';

/** Takes up a fetch that the end of a process broke off: what it stored is not fetched again. */
export const resumeBackfill =
  <T>(schema: z.ZodType<T>, prepare: (request: T) => Promise<Result<JobWork, Refusal>>): ResumeJob =>
  async ({ request }) => {
    const parsed = schema.safeParse(request);
    if (!parsed.success) return err('what was asked for cannot be read');
    const prepared = await prepare(parsed.data);
    return prepared.ok ? prepared : err(prepared.error.detail);
  };
