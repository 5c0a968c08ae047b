import { desc, lt } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { signingKeys } from './schema.js';

/** A key pair as JWK text, the private half sealed. */
export type SigningKeyRow = typeof signingKeys.$inferSelect;

/** The keys that sign access tokens. */
export class SigningKeyStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Newest first. */
  list(): Promise<SigningKeyRow[]> {
    return this.#connection.run((orm) => orm.select().from(signingKeys).orderBy(desc(signingKeys.createdMs)));
  }

  async add(key: SigningKeyRow): Promise<void> {
    await this.#connection.run((orm) => orm.insert(signingKeys).values(key));
  }

  async forgetBefore(createdMs: number): Promise<void> {
    await this.#connection.run((orm) => orm.delete(signingKeys).where(lt(signingKeys.createdMs, createdMs)));
  }
}
