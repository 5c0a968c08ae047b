import type { Principal } from '../auth/principal.js';
import type { JobBoard } from './job-board.js';

/** Whether `reader` may see a job and stop it: their own, and admins all. */
export const maySeeJob = (jobs: JobBoard, id: string, reader: Principal): boolean =>
  reader.role === 'admin' || jobs.ownerOf(id) === reader.userId;
