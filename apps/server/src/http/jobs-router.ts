import { Router } from 'express';
import type { JobBoard } from '../jobs/job-board.js';
import { refuse } from '../wire/problem.js';
import { pageOf, Paging } from './paging.js';
import { onlyMethods, parsed, RefusedError } from './problems.js';

const unknownJob = (id: string): RefusedError => new RefusedError(refuse('not-found', `there is no job "${id}"`));

/** `GET /jobs`, `GET /jobs/:id`, `DELETE /jobs/:id` (cancels). */
export function jobsRouter(jobs: JobBoard): Router {
  const router = Router();
  router.get('/jobs', (request, response) => {
    response.json(pageOf(jobs.list(), parsed(Paging, request.query), (job) => job.id));
  });
  onlyMethods(router, '/jobs', ['GET']);
  router.get('/jobs/:id', (request, response) => {
    const job = jobs.find(request.params.id);
    if (!job) throw unknownJob(request.params.id);
    response.json(job);
  });
  router.delete('/jobs/:id', (request, response) => {
    if (!jobs.cancel(request.params.id)) throw unknownJob(request.params.id);
    response.status(202).json({ job: jobs.find(request.params.id) });
  });
  onlyMethods(router, '/jobs/:id', ['GET', 'DELETE']);
  return router;
}
