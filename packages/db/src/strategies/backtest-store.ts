import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { backtests } from './schema.js';
import type { Owned } from './strategy-store.js';

/** A backtest without its (large) result. */
export type BacktestRow = Omit<typeof backtests.$inferSelect, 'result'>;

const LIST = {
  id: backtests.id,
  ownerId: backtests.ownerId,
  title: backtests.title,
  state: backtests.state,
  detail: backtests.detail,
  createdMs: backtests.createdMs,
  request: backtests.request,
  summary: backtests.summary,
};
const owned = ({ id, ownerId }: Owned) => and(eq(backtests.id, id), eq(backtests.ownerId, ownerId));

/** Backtests and their results. */
export class BacktestStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** An owner's backtests, newest first. */
  list(ownerId: string): Promise<BacktestRow[]> {
    return this.#connection.run((orm) =>
      orm
        .select(LIST)
        .from(backtests)
        .where(eq(backtests.ownerId, ownerId))
        .orderBy(desc(backtests.createdMs), desc(backtests.id)),
    );
  }

  async find(which: Owned): Promise<BacktestRow | null> {
    const rows = await this.#connection.run((orm) => orm.select(LIST).from(backtests).where(owned(which)));
    return rows[0] ?? null;
  }

  /** The compressed result; `null` while there is none. */
  async result(which: Owned): Promise<Buffer | null> {
    const rows = await this.#connection.run((orm) =>
      orm.select({ result: backtests.result }).from(backtests).where(owned(which)),
    );
    return rows[0]?.result ?? null;
  }

  async add(row: Pick<BacktestRow, 'id' | 'ownerId' | 'title' | 'createdMs' | 'request'>): Promise<void> {
    await this.#connection.run((orm) =>
      orm.insert(backtests).values({ ...row, state: 'queued', detail: '', summary: null, result: null }),
    );
  }

  /** Notes how far it is or how it ended. */
  async update(
    id: string,
    change: Partial<Pick<typeof backtests.$inferInsert, 'state' | 'detail' | 'summary' | 'result'>>,
  ): Promise<void> {
    await this.#connection.run((orm) => orm.update(backtests).set(change).where(eq(backtests.id, id)));
  }

  /** What was at work when the process ended will not go on by itself: it failed. Returns how many there were. */
  async failInterrupted(): Promise<number> {
    const rows = await this.#connection.run((orm) =>
      orm
        .update(backtests)
        .set({ state: 'failed', detail: 'interrupted by a restart of the server' })
        .where(inArray(backtests.state, ['queued', 'running']))
        .returning({ id: backtests.id }),
    );
    return rows.length;
  }

  /** False when there is none. */
  async delete(which: Owned): Promise<boolean> {
    const rows = await this.#connection.run((orm) =>
      orm.delete(backtests).where(owned(which)).returning({ id: backtests.id }),
    );
    return rows.length > 0;
  }
}
