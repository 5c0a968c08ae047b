import { and, eq, isNotNull } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { exchangeCredentials, signingKeys, users } from './schema.js';

/** One sealed secret: of which kind, whose. */
export interface SealedRow {
  readonly kind: 'totp' | 'signing-key' | 'exchange-credential';
  readonly id: string;
  readonly sealed: string;
}

/** Every sealed secret, to be sealed anew one by one. */
export class SealStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async list(): Promise<SealedRow[]> {
    return this.#connection.run(async (orm) => {
      const people = await orm.select().from(users).where(isNotNull(users.totpSecret));
      const keys = await orm.select().from(signingKeys);
      const credentials = await orm.select().from(exchangeCredentials);
      return [
        ...people.map(({ id, totpSecret }) => ({ kind: 'totp' as const, id, sealed: totpSecret ?? '' })),
        ...keys.map(({ kid, privateJwk }) => ({ kind: 'signing-key' as const, id: kid, sealed: privateJwk })),
        ...credentials.map(({ id, sealed }) => ({ kind: 'exchange-credential' as const, id, sealed })),
      ];
    });
  }

  /** Replaces one sealed text, durable when it resolves; nothing happens when it is not that one any more. */
  async replace({ kind, id, sealed }: SealedRow, next: string): Promise<void> {
    await this.#connection.run(async (orm) => {
      switch (kind) {
        case 'totp':
          return orm
            .update(users)
            .set({ totpSecret: next })
            .where(and(eq(users.id, id), eq(users.totpSecret, sealed)));
        case 'signing-key':
          return orm
            .update(signingKeys)
            .set({ privateJwk: next })
            .where(and(eq(signingKeys.kid, id), eq(signingKeys.privateJwk, sealed)));
        case 'exchange-credential':
          return orm
            .update(exchangeCredentials)
            .set({ sealed: next })
            .where(and(eq(exchangeCredentials.id, id), eq(exchangeCredentials.sealed, sealed)));
      }
    });
  }
}
