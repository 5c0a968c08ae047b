import { and, asc, desc, eq, gt, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { auditLog } from './schema.js';

/** An entry as stored, with its place in the chain. */
export type AuditRow = typeof auditLog.$inferSelect;
export type AuditEntry = Omit<AuditRow, 'seq' | 'previousHash' | 'hash'>;

/** Which entries are asked for; all that are given must hold. */
export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly beforeSeq?: number | undefined;
}

/** The log of who changed what: written once, never changed (the database itself refuses). */
export class AuditLog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Appends an entry; `link` gives the hash of its place after the one before (`null`: it is the first). */
  async append(
    entry: AuditEntry,
    link: (seq: number, previousHash: string | null) => { previousHash: string; hash: string },
  ): Promise<AuditRow> {
    return this.#connection.write(async (transaction) => {
      const [last] = await transaction.select().from(auditLog).orderBy(desc(auditLog.seq)).limit(1);
      const seq = (last?.seq ?? 0) + 1;
      const row = { ...entry, seq, ...link(seq, last?.hash ?? null) };
      await transaction.insert(auditLog).values(row);
      return row;
    });
  }

  /** The newest `limit` entries that pass `filter`, newest first. */
  list(filter: AuditFilter, limit: number): Promise<AuditRow[]> {
    return this.#connection.run((orm) =>
      orm.select().from(auditLog).where(passes(filter)).orderBy(desc(auditLog.seq)).limit(limit),
    );
  }

  /** The `limit` entries after `seq` that pass `filter`, oldest first. */
  listAfter(filter: AuditFilter, seq: number, limit: number): Promise<AuditRow[]> {
    const wanted = and(passes(filter), gt(auditLog.seq, seq));
    return this.#connection.run((orm) =>
      orm.select().from(auditLog).where(wanted).orderBy(asc(auditLog.seq)).limit(limit),
    );
  }

  /** The `limit` entries after `seq`, oldest first. */
  readAfter(seq: number, limit: number): Promise<AuditRow[]> {
    return this.#connection.run((orm) =>
      orm.select().from(auditLog).where(gt(auditLog.seq, seq)).orderBy(asc(auditLog.seq)).limit(limit),
    );
  }

  /** The highest number ever given out, by the database's own count: entries cut off the end leave it behind. */
  async highestSeq(): Promise<number> {
    const rows = await this.#connection.run((orm) =>
      orm.values<[number]>(sql`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`),
    );
    return rows[0]?.[0] ?? 0;
  }
}

function passes({ actorId, action, target, fromMs, toMs, beforeSeq }: AuditFilter): SQL | undefined {
  return and(
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    action === undefined ? undefined : eq(auditLog.action, action),
    target === undefined ? undefined : eq(auditLog.target, target),
    fromMs === undefined ? undefined : gte(auditLog.timeMs, fromMs),
    toMs === undefined ? undefined : lt(auditLog.timeMs, toMs),
    beforeSeq === undefined ? undefined : lt(auditLog.seq, beforeSeq),
  );
}
