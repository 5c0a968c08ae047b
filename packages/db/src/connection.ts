import { setImmediate as otherWork, setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@libsql/client';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { drizzle } from 'drizzle-orm/libsql/sqlite3';
import { DatabaseError, toDatabaseError } from './database-error.js';
import * as schema from './schema.js';

export type Orm = LibSQLDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Orm['transaction']>[0]>[0];

/** How long a call keeps trying while another process holds the write lock. */
const BUSY_RETRY_FOR_MS = 15_000;
const BUSY_PAUSE_MS_MAX = 100;
/** Calls in a row that take longer than this together let timers and sockets have a turn in between. */
const STRETCH_MS_MAX = 10;

/**
 * One database connection, used by one caller at a time. The native client works synchronously, so a second
 * connection would win nothing, and per-connection pragmas hold for every statement.
 */
export class Connection {
  readonly #client: Client;
  readonly #orm: Orm;
  readonly #pragmas: readonly string[];
  #configured = false;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #stretchSinceMs = 0;

  /** `pragmas` are set, in this order, before the first statement. */
  constructor(client: Client, pragmas: readonly string[]) {
    this.#client = client;
    this.#orm = drizzle(client, { schema });
    this.#pragmas = pragmas;
  }

  /** Runs single statements; those that must see or change one state together are sent as one `batch`. */
  run<T>(work: (orm: Orm) => Promise<T>): Promise<T> {
    return this.#inTurn(() => work(this.#orm));
  }

  /**
   * Runs `work` in one write transaction: all of it is durable when this resolves, none of it when it throws.
   * `work` may run again after a lost race for the lock.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#orm.transaction(work));
  }

  /** Gives the bare client to work that is no query: pragmas, migrations, replication. */
  raw<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return this.#inTurn(() => work(this.#client));
  }

  /** Ends after the calls under way. */
  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    this.#client.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting++ === 0) this.#stretchSinceMs = performance.now();
    const turn = this.#last.then(() => this.#takeTurn(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The native client works synchronously: without a pause, a long queue would stop the whole process until it is empty. */
  async #takeTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (performance.now() - this.#stretchSinceMs > STRETCH_MS_MAX) {
        await otherWork();
        this.#stretchSinceMs = performance.now();
      }
      return await this.#retryWhileBusy(work);
    } finally {
      this.#waiting--;
    }
  }

  /** The connection's own busy_timeout blocks the whole process, so it is short and the longer wait happens here. */
  async #retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + BUSY_RETRY_FOR_MS;
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, BUSY_PAUSE_MS_MAX)) {
      try {
        await this.#configure();
        return await work();
      } catch (error) {
        const mapped = toDatabaseError(error);
        const busy = mapped instanceof DatabaseError && mapped.kind === 'busy';
        // A statement refused as busy keeps its read snapshot until the garbage collector finds it: the connection
        // would see old data, and each further write would fail as busy. A new connection begins afresh.
        if (busy) this.#renew();
        if (!busy || performance.now() >= giveUpAt) throw mapped;
        await sleep(pauseMs);
      }
    }
  }

  async #configure(): Promise<void> {
    if (this.#configured) return;
    for (const pragma of this.#pragmas) await this.#client.execute(`PRAGMA ${pragma}`);
    this.#configured = true;
  }

  #renew(): void {
    this.#configured = false;
    this.#client.reconnect();
  }
}
