import { BackfillRequest } from '@wickworks/contracts';
import { err, type Result } from '@wickworks/core';
import type { JobWork, ResumeJob } from '../jobs/job-board.js';
import type { Refusal } from '../wire/problem.js';

/** What the job board calls this kind of work. */
export const BACKFILL_JOB = 'backfill';

/** Takes up a backfill that the end of a process broke off: what it stored is not fetched again. */
export const resumeBackfill =
  (prepare: (request: BackfillRequest) => Promise<Result<JobWork, Refusal>>): ResumeJob =>
  async ({ request }) => {
    const parsed = BackfillRequest.safeParse(request);
    if (!parsed.success) return err('what was asked for cannot be read');
    const prepared = await prepare(parsed.data);
    return prepared.ok ? prepared : err(prepared.error.detail);
  };
