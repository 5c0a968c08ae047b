import { eq, lt } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { idempotentAnswers } from './schema.js';

/** An answer kept for repetitions of its request; `status` is `null` while it is being made. */
export type IdempotentAnswer = typeof idempotentAnswers.$inferSelect;

/** Answers by idempotency key. */
export class IdempotentAnswerStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Claims `id` for a request; `null` when it is the first, else what is kept. Claims and answers older than
   * `forgetBeforeMs` count as forgotten.
   */
  async claim(claim: {
    readonly id: string;
    readonly fingerprint: string;
    readonly nowMs: number;
    readonly forgetBeforeMs: number;
  }): Promise<IdempotentAnswer | null> {
    const { id, fingerprint, nowMs, forgetBeforeMs } = claim;
    return this.#connection.write(async (transaction) => {
      await transaction.delete(idempotentAnswers).where(lt(idempotentAnswers.createdMs, forgetBeforeMs));
      const [kept] = await transaction.select().from(idempotentAnswers).where(eq(idempotentAnswers.id, id));
      if (kept) return kept;
      await transaction
        .insert(idempotentAnswers)
        .values({ id, fingerprint, status: null, headers: {}, body: '', createdMs: nowMs });
      return null;
    });
  }

  /** Keeps the answer of a claim. */
  async keep(id: string, answer: Pick<IdempotentAnswer, 'status' | 'headers' | 'body'>): Promise<void> {
    await this.#connection.run((orm) => orm.update(idempotentAnswers).set(answer).where(eq(idempotentAnswers.id, id)));
  }

  /** Gives a claim up: the request failed in a way that is worth another try. */
  async release(id: string): Promise<void> {
    await this.#connection.run((orm) => orm.delete(idempotentAnswers).where(eq(idempotentAnswers.id, id)));
  }
}
