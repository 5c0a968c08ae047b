import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { invitations } from './schema.js';

/** Leave to create an account of a role. */
export type InvitationRow = typeof invitations.$inferSelect;

/** Invitations, each good once. */
export class InvitationStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(invitation: Omit<InvitationRow, 'usedMs'>): Promise<void> {
    await this.#connection.run((orm) => orm.insert(invitations).values(invitation));
  }

  /** Uses an invitation up and returns it; `null` when there is none that holds. */
  async use(hash: string, nowMs: number): Promise<InvitationRow | null> {
    const open = and(eq(invitations.hash, hash), isNull(invitations.usedMs), gt(invitations.expiresMs, nowMs));
    const rows = await this.#connection.run((orm) =>
      orm.update(invitations).set({ usedMs: nowMs }).where(open).returning(),
    );
    return rows[0] ?? null;
  }

  /** Makes a used invitation good again: the account it was for could not be created. */
  async giveBack(id: string): Promise<void> {
    await this.#connection.run((orm) => orm.update(invitations).set({ usedMs: null }).where(eq(invitations.id, id)));
  }

  /** Those that hold, newest first. */
  listOpen(nowMs: number): Promise<InvitationRow[]> {
    const open = and(isNull(invitations.usedMs), gt(invitations.expiresMs, nowMs));
    return this.#connection.run((orm) =>
      orm.select().from(invitations).where(open).orderBy(desc(invitations.createdMs)),
    );
  }

  /** False when there is none of this id. */
  async remove(id: string): Promise<boolean> {
    const rows = await this.#connection.run((orm) =>
      orm.delete(invitations).where(eq(invitations.id, id)).returning({ id: invitations.id }),
    );
    return rows.length === 1;
  }
}
