import { eq, isNotNull } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { exchangeCredentials, signingKeys, users } from './schema.js';

type SealKind = 'totp' | 'signing-key' | 'exchange-credential';

/** Every sealed secret, to be sealed anew together. */
export class SealStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Replaces each sealed text by what `reseal` makes of it, all or, when it throws, none. Returns how many. */
  async resealAll(reseal: (kind: SealKind, id: string, sealed: string) => string): Promise<number> {
    return this.#connection.write(async (transaction) => {
      const people = await transaction.select().from(users).where(isNotNull(users.totpSecret));
      for (const { id, totpSecret } of people)
        await transaction
          .update(users)
          .set({ totpSecret: reseal('totp', id, totpSecret ?? '') })
          .where(eq(users.id, id));
      const keys = await transaction.select().from(signingKeys);
      for (const { kid, privateJwk } of keys)
        await transaction
          .update(signingKeys)
          .set({ privateJwk: reseal('signing-key', kid, privateJwk) })
          .where(eq(signingKeys.kid, kid));
      const credentials = await transaction.select().from(exchangeCredentials);
      for (const { id, sealed } of credentials)
        await transaction
          .update(exchangeCredentials)
          .set({ sealed: reseal('exchange-credential', id, sealed) })
          .where(eq(exchangeCredentials.id, id));
      return people.length + keys.length + credentials.length;
    });
  }
}
