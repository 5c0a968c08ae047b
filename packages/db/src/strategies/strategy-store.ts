import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { strategies, strategyVersions } from './schema.js';

/** A saved strategy; what its JSON means is the caller's to know. */
export type StrategyRow = typeof strategies.$inferSelect;
export type StrategyVersionRow = typeof strategyVersions.$inferSelect;

/** What belongs to whom: everything an owner may see. */
export interface Owned {
  readonly id: string;
  readonly ownerId: string;
}

const owned = ({ id, ownerId }: Owned) => and(eq(strategies.id, id), eq(strategies.ownerId, ownerId));

/** Strategies with every version they ever had. */
export class StrategyStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** An owner's strategies, newest first. */
  list(ownerId: string): Promise<StrategyRow[]> {
    return this.#connection.run((orm) =>
      orm
        .select()
        .from(strategies)
        .where(eq(strategies.ownerId, ownerId))
        .orderBy(desc(strategies.createdMs), desc(strategies.id)),
    );
  }

  async find(which: Owned): Promise<StrategyRow | null> {
    const rows = await this.#connection.run((orm) => orm.select().from(strategies).where(owned(which)));
    return rows[0] ?? null;
  }

  /** Strategies of everybody that run for their signals. */
  running(): Promise<StrategyRow[]> {
    return this.#connection.run((orm) => orm.select().from(strategies).where(isNotNull(strategies.running)));
  }

  async add(row: Pick<StrategyRow, 'id' | 'ownerId' | 'name' | 'document'>, nowMs: number): Promise<StrategyRow> {
    const whole = { ...row, version: 1, createdMs: nowMs, updatedMs: nowMs, running: null, fault: null };
    await this.#connection.write(async (transaction) => {
      await transaction.insert(strategies).values(whole);
      await transaction
        .insert(strategyVersions)
        .values({ strategyId: row.id, version: 1, document: row.document, savedMs: nowMs });
    });
    return whole;
  }

  /** Saves the next version if `version` is still the newest; `null` when it is not, or there is no such strategy. */
  replace(
    which: Owned,
    change: { version: number; name: string; document: unknown; nowMs: number },
  ): Promise<StrategyRow | null> {
    const { name, document, nowMs } = change;
    const version = change.version + 1;
    return this.#connection.write(async (transaction) => {
      const rows = await transaction
        .update(strategies)
        .set({ name, document, version, updatedMs: nowMs })
        .where(and(owned(which), eq(strategies.version, change.version)))
        .returning();
      if (rows[0] === undefined) return null;
      await transaction.insert(strategyVersions).values({ strategyId: which.id, version, document, savedMs: nowMs });
      return rows[0];
    });
  }

  /** Notes what it runs with (`null`: stopped) and why it stopped by itself; false when there is no such strategy. */
  async setRunning(id: string, change: { running: unknown; fault: string | null }): Promise<boolean> {
    const rows = await this.#connection.run((orm) =>
      orm.update(strategies).set(change).where(eq(strategies.id, id)).returning({ id: strategies.id }),
    );
    return rows.length > 0;
  }

  /** Deletes it with its versions and signals; false when there is none. */
  /** False when there is none, or its version is another one by now. */
  async delete(which: Owned, version?: number): Promise<boolean> {
    const rows = await this.#connection.run((orm) =>
      orm
        .delete(strategies)
        .where(and(owned(which), version === undefined ? undefined : eq(strategies.version, version)))
        .returning({ id: strategies.id }),
    );
    return rows.length > 0;
  }

  /** Every version of a strategy, newest first. */
  versions(strategyId: string): Promise<StrategyVersionRow[]> {
    return this.#connection.run((orm) =>
      orm
        .select()
        .from(strategyVersions)
        .where(eq(strategyVersions.strategyId, strategyId))
        .orderBy(desc(strategyVersions.version)),
    );
  }
}
