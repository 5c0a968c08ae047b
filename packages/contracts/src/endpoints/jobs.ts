import { JobAccepted, JobView } from '../datasets.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const tag = 'Jobs';
const reads = { tag, role: 'viewer', scope: 'jobs:read' } as const;

export const getJobs = endpoint({
  ...reads,
  method: 'GET',
  path: '/api/v1/jobs',
  summary: 'Long work, newest first',
  query: Paging,
  reply: listOf(JobView),
});

export const getJob = endpoint({
  ...reads,
  method: 'GET',
  path: '/api/v1/jobs/:id',
  summary: 'One job',
  params: IdParams,
  reply: JobView,
  errors: ['not-found'],
});

export const cancelJob = endpoint({
  method: 'DELETE',
  path: '/api/v1/jobs/:id',
  tag,
  role: 'trader',
  scope: 'jobs:write',
  summary: 'Ask a job to stop',
  params: IdParams,
  reply: JobAccepted,
  status: 202,
  errors: ['not-found'],
});
