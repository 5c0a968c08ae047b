import { API, type JobView } from '@wickworks/contracts';
import type { JobBoard } from '../jobs/job-board.js';
import { refuse } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { RefusedError } from './problems.js';

/** Long work: list, look, cancel. */
export function jobRoutes(api: ApiRouter, jobs: JobBoard): void {
  const find = (id: string): JobView => {
    const job = jobs.find(id);
    if (!job) throw new RefusedError(refuse('not-found', `there is no job "${id}"`));
    return job;
  };
  api.route(API.jobs.getJobs, ({ query }) => pageOf(jobs.list(), query, (job) => job.id));
  api.route(API.jobs.getJob, ({ params }) => find(params.id));
  api.route(API.jobs.cancelJob, ({ params }) => {
    find(params.id);
    jobs.cancel(params.id);
    return { job: find(params.id) };
  });
}
