import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '@wickworks/core';
import type { Connection } from '../connection.js';
import { settings, settingsHistory, users } from './schema.js';

/** Somebody who can sign in; times ms UTC, secrets sealed or hashed. */
export type UserRow = typeof users.$inferSelect;
export type NewUser = Pick<UserRow, 'id' | 'username' | 'name' | 'role' | 'passwordHash' | 'clerkId'>;
export type UserChange = Partial<Omit<UserRow, 'id' | 'createdMs' | 'updatedMs' | 'version'>>;

/** Accounts. */
export class UserStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Whether anybody can sign in at all. */
  async isEmpty(): Promise<boolean> {
    const rows = await this.#connection.run((orm) => orm.select({ id: users.id }).from(users).limit(1));
    return rows.length === 0;
  }

  /** Adds an account; `null` when the name (or Clerk user) has one already, or `onlyAsFirst` and there is another. */
  async add(
    user: NewUser,
    { nowMs, onlyAsFirst = false }: { nowMs: number; onlyAsFirst?: boolean },
  ): Promise<UserRow | null> {
    return this.#connection.write(async (transaction) => {
      if (onlyAsFirst) {
        const [found] = await transaction.select({ users: count() }).from(users);
        if (found?.users !== 0) return null;
      }
      const row = { ...user, recoveryHashes: [], createdMs: nowMs, updatedMs: nowMs, version: 1 };
      const [added] = await transaction.insert(users).values(row).onConflictDoNothing().returning();
      return added ?? null;
    });
  }

  async find(id: string): Promise<UserRow | null> {
    const rows = await this.#connection.run((orm) => orm.select().from(users).where(eq(users.id, id)));
    return rows[0] ?? null;
  }

  async findByUsername(username: string): Promise<UserRow | null> {
    const rows = await this.#connection.run((orm) => orm.select().from(users).where(eq(users.username, username)));
    return rows[0] ?? null;
  }

  /** Accounts with this confirmed address: several people may share one. */
  findByMailAddress(address: string): Promise<UserRow[]> {
    const same = eq(sql`lower(${users.mailAddress})`, address.toLowerCase());
    return this.#connection.run((orm) => orm.select().from(users).where(same).orderBy(asc(users.createdMs)));
  }

  async findByClerkId(clerkId: string): Promise<UserRow | null> {
    const rows = await this.#connection.run((orm) => orm.select().from(users).where(eq(users.clerkId, clerkId)));
    return rows[0] ?? null;
  }

  /** Oldest first. */
  list(): Promise<UserRow[]> {
    return this.#connection.run((orm) => orm.select().from(users).orderBy(asc(users.createdMs), asc(users.id)));
  }

  /** How many admins can sign in. */
  async activeAdmins(): Promise<number> {
    const active = and(eq(users.role, 'admin' satisfies Role), isNull(users.disabledMs));
    const [found] = await this.#connection.run((orm) => orm.select({ users: count() }).from(users).where(active));
    return found?.users ?? 0;
  }

  /** Changes an account; `null` when there is none, or its version is not `expected`. */
  async update(
    id: string,
    change: UserChange,
    { nowMs, expected = 'any' }: { nowMs: number; expected?: number | 'any' },
  ): Promise<UserRow | null> {
    const which = expected === 'any' ? eq(users.id, id) : and(eq(users.id, id), eq(users.version, expected));
    const set = { ...change, updatedMs: nowMs, version: sql`${users.version} + 1` };
    const rows = await this.#connection.run((orm) => orm.update(users).set(set).where(which).returning());
    return rows[0] ?? null;
  }

  /** Marks the codes of `step` and earlier as used; false when another request was first. */
  async useTotpStep(id: string, step: number): Promise<boolean> {
    const unused = and(eq(users.id, id), sql`coalesce(${users.totpLastStep}, -1) < ${step}`);
    const rows = await this.#connection.run((orm) =>
      orm.update(users).set({ totpLastStep: step }).where(unused).returning({ id: users.id }),
    );
    return rows.length === 1;
  }

  /** Uses up a recovery code; false when it is none, or was used. */
  async useRecoveryCode(id: string, hash: string): Promise<boolean> {
    return this.#connection.write(async (transaction) => {
      const [user] = await transaction.select().from(users).where(eq(users.id, id));
      if (!user?.recoveryHashes.includes(hash)) return false;
      const recoveryHashes = user.recoveryHashes.filter((one) => one !== hash);
      await transaction.update(users).set({ recoveryHashes }).where(eq(users.id, id));
      return true;
    });
  }

  /** Removes an account with its sessions, keys, credentials and settings; false when there is none. */
  async remove(id: string): Promise<boolean> {
    return this.#connection.write(async (transaction) => {
      await transaction.delete(settings).where(eq(settings.owner, id));
      await transaction.delete(settingsHistory).where(eq(settingsHistory.owner, id));
      const rows = await transaction.delete(users).where(eq(users.id, id)).returning({ id: users.id });
      return rows.length === 1;
    });
  }
}
