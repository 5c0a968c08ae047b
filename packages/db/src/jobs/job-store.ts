import { and, desc, eq, inArray, notInArray } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { jobs } from './schema.js';

export type JobRow = typeof jobs.$inferSelect;

const AT_WORK = ['queued', 'running'] as const;

/** Jobs, those at work and those that ended. */
export class JobStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(row: JobRow): Promise<void> {
    await this.#connection.run((orm) => orm.insert(jobs).values(row));
  }

  /** Notes how far it is or how it ended. */
  async update(
    id: string,
    change: Partial<Pick<JobRow, 'state' | 'progressRatio' | 'detail' | 'updatedMs'>>,
  ): Promise<void> {
    await this.#connection.run((orm) => orm.update(jobs).set(change).where(eq(jobs.id, id)));
  }

  /** Jobs that had not ended, oldest first. */
  unfinished(): Promise<JobRow[]> {
    return this.#connection.run((orm) =>
      orm
        .select()
        .from(jobs)
        .where(inArray(jobs.state, [...AT_WORK]))
        .orderBy(jobs.createdMs, jobs.id),
    );
  }

  /** The newest `limit` jobs that ended, newest first; older ones are forgotten for good. */
  ended(limit: number): Promise<JobRow[]> {
    const hasEnded = notInArray(jobs.state, [...AT_WORK]);
    return this.#connection.write(async (transaction) => {
      const kept = await transaction
        .select()
        .from(jobs)
        .where(hasEnded)
        .orderBy(desc(jobs.createdMs), desc(jobs.id))
        .limit(limit);
      const ids = kept.map(({ id }) => id);
      await transaction.delete(jobs).where(and(hasEnded, notInArray(jobs.id, ids)));
      return kept;
    });
  }
}
