import { and, desc, eq, gt, lte } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { mailTokens } from './schema.js';

/** What was sent by mail, as its hash. */
export type MailTokenRow = typeof mailTokens.$inferSelect;
type Purpose = MailTokenRow['purpose'];

/** Tokens sent by mail: the newest of a purpose only, good once. */
export class MailTokenStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Keeps a token; earlier ones of the same user and purpose, and what has expired, end. */
  async put(token: MailTokenRow): Promise<void> {
    await this.#connection.write(async (transaction) => {
      const same = and(eq(mailTokens.userId, token.userId), eq(mailTokens.purpose, token.purpose));
      await transaction.delete(mailTokens).where(same);
      await transaction.delete(mailTokens).where(lte(mailTokens.expiresMs, token.createdMs));
      await transaction.insert(mailTokens).values(token);
    });
  }

  /** The token of this hash that holds, without using it up. */
  async find(hash: string, purpose: Purpose, nowMs: number): Promise<MailTokenRow | null> {
    const rows = await this.#connection.run((orm) =>
      orm
        .select()
        .from(mailTokens)
        .where(holds(hash, purpose, nowMs)),
    );
    return rows[0] ?? null;
  }

  /** Uses a token up and returns it; `null` when there is none that holds, or another request was first. */
  async use(hash: string, purpose: Purpose, nowMs: number): Promise<MailTokenRow | null> {
    const rows = await this.#connection.run((orm) =>
      orm
        .delete(mailTokens)
        .where(holds(hash, purpose, nowMs))
        .returning(),
    );
    return rows[0] ?? null;
  }

  /** What a user was sent for `purpose` and has not used, if it holds. */
  async pending(userId: string, purpose: Purpose, nowMs: number): Promise<MailTokenRow | null> {
    const open = and(eq(mailTokens.userId, userId), eq(mailTokens.purpose, purpose), gt(mailTokens.expiresMs, nowMs));
    const rows = await this.#connection.run((orm) =>
      orm.select().from(mailTokens).where(open).orderBy(desc(mailTokens.createdMs)).limit(1),
    );
    return rows[0] ?? null;
  }

  /** Ends what a user was sent for `purpose`. */
  async end(userId: string, purpose: Purpose): Promise<void> {
    const same = and(eq(mailTokens.userId, userId), eq(mailTokens.purpose, purpose));
    await this.#connection.run((orm) => orm.delete(mailTokens).where(same));
  }
}

const holds = (hash: string, purpose: Purpose, nowMs: number) =>
  and(eq(mailTokens.hash, hash), eq(mailTokens.purpose, purpose), gt(mailTokens.expiresMs, nowMs));
