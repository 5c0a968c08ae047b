import { and, eq } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { strategyProofs } from './schema.js';

/** The bias proof of one version of a strategy; what its JSON means is the caller's to know. */
export type ProofRow = typeof strategyProofs.$inferSelect;

/** Bias proofs, one for each version. */
export class ProofStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async find(strategyId: string, version: number): Promise<ProofRow | null> {
    const rows = await this.#connection.run((orm) =>
      orm
        .select()
        .from(strategyProofs)
        .where(and(eq(strategyProofs.strategyId, strategyId), eq(strategyProofs.version, version))),
    );
    return rows[0] ?? null;
  }

  /** Stores a proof in the place of an earlier one of the same version. */
  async put(row: ProofRow): Promise<void> {
    const { strategyId: _, version: __, ...change } = row;
    await this.#connection.run((orm) =>
      orm
        .insert(strategyProofs)
        .values(row)
        .onConflictDoUpdate({ target: [strategyProofs.strategyId, strategyProofs.version], set: change }),
    );
  }

  /** Notes how far the proof of a job is, or how it ended; nothing happens when another job has taken its place. */
  async update(
    jobId: string,
    change: Partial<Pick<ProofRow, 'state' | 'detail' | 'data' | 'checks' | 'updatedMs'>>,
  ): Promise<void> {
    await this.#connection.run((orm) => orm.update(strategyProofs).set(change).where(eq(strategyProofs.jobId, jobId)));
  }
}
