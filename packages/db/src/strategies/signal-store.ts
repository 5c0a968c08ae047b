import { and, desc, eq, lt } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { signals } from './schema.js';

export type SignalRow = typeof signals.$inferSelect;
export type NewSignal = Omit<SignalRow, 'id'>;

/** Signals of running strategies. */
export class SignalStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Stores signals; those known already are left as they are. Returns the new ones, in order. */
  add(rows: readonly NewSignal[]): Promise<SignalRow[]> {
    if (rows.length === 0) return Promise.resolve([]);
    return this.#connection.write((transaction) =>
      transaction
        .insert(signals)
        .values([...rows])
        .onConflictDoNothing()
        .returning(),
    );
  }

  /** The newest `limit` signals of a strategy with an id below `beforeId`. */
  list(strategyId: string, page: { limit: number; beforeId?: number }): Promise<SignalRow[]> {
    const own = eq(signals.strategyId, strategyId);
    const where = page.beforeId === undefined ? own : and(own, lt(signals.id, page.beforeId));
    return this.#connection.run((orm) =>
      orm.select().from(signals).where(where).orderBy(desc(signals.id)).limit(page.limit),
    );
  }
}
