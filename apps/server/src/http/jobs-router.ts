import { API, type JobView } from '@wickworks/contracts';
import type { Principal } from '../auth/principal.js';
import { maySeeJob } from '../jobs/job-access.js';
import type { JobBoard } from '../jobs/job-board.js';
import { refuse } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { RefusedError } from './problems.js';

/** Long work: list, look, cancel. */
export function jobRoutes(api: ApiRouter, jobs: JobBoard): void {
  const find = (id: string, reader: Principal): JobView => {
    const job = jobs.find(id);
    // Somebody else's job is told apart from none by nothing.
    if (!job || !maySeeJob(jobs, id, reader)) throw new RefusedError(refuse('not-found', `there is no job "${id}"`));
    return job;
  };
  api.route(API.jobs.getJobs, ({ query, principal }) => {
    const seen = jobs.list().filter(({ id }) => maySeeJob(jobs, id, principal));
    return pageOf(seen, query, (job) => job.id);
  });
  api.route(API.jobs.getJob, ({ params, principal }) => find(params.id, principal));
  api.route(API.jobs.cancelJob, ({ params, principal, http }) => {
    find(params.id, principal);
    jobs.cancel(params.id);
    http.location(`/api/v1/jobs/${params.id}`);
    return { job: find(params.id, principal) };
  });
}
