import { randomUUID } from 'node:crypto';
import { randomToken, tokenHash } from '@wickworks/accounts';
import type { InvitationView, UserPatch, UserRequest, UserView } from '@wickworks/contracts';
import { err, ok, type Result, type Role } from '@wickworks/core';
import type { InvitationRow, UserChange, UserRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import { userView, type AccountParts, type Origin } from './accounts.js';
import type { ApiKeys } from './api-keys.js';
import type { Principal } from './principal.js';
import { addUser, checkNewUser, weakness } from './register.js';
import { WITHOUT_TOTP } from './second-factors.js';
import type { Sessions } from './sessions.js';
import { BUSY } from './sign-in.js';

const DAY_MS = 24 * 60 * 60_000;
const unknownUser = (id: string): Refusal => refuse('not-found', `there is no account "${id}"`);

/** The invitation as it may be shown. */
const invitationView = ({ id, role, createdMs, expiresMs }: InvitationRow): InvitationView => ({
  ...{ id, role, createdMs, expiresMs },
});

/** What admins do with accounts. */
export class Users {
  readonly #parts: AccountParts;
  readonly #sessions: Sessions;
  readonly #apiKeys: ApiKeys;

  constructor(parts: AccountParts, { sessions, apiKeys }: { sessions: Sessions; apiKeys: ApiKeys }) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#apiKeys = apiKeys;
  }

  async list(): Promise<UserView[]> {
    return (await this.#parts.stores.users.list()).map(userView);
  }

  async find(id: string): Promise<Result<UserView, Refusal>> {
    const user = await this.#parts.stores.users.find(id);
    return user ? ok(userView(user)) : err(unknownUser(id));
  }

  async create(actor: Principal, given: UserRequest, origin: Origin): Promise<Result<UserView, Refusal>> {
    const sound = await checkNewUser(given);
    if (!sound.ok) return sound;
    const added = await addUser(this.#parts, { ...given, username: sound.value }, false);
    if (!added.ok) return added;
    const view = userView(added.value);
    await this.#parts.audit.write(actor, origin, { action: 'user.add', target: `user:${view.id}`, after: view });
    return ok(view);
  }

  /** Changes an account seen at version `expected`. The last admin can neither be disabled nor lose the role. */
  async update(
    actor: Principal,
    { id, expected, patch }: { id: string; expected: number | 'any'; patch: UserPatch },
    origin: Origin,
  ): Promise<Result<UserView, Refusal>> {
    const { stores, nowMs, audit } = this.#parts;
    const before = await stores.users.find(id);
    if (!before) return err(unknownUser(id));
    const losesAdmin = (patch.role !== undefined && patch.role !== 'admin') || patch.isDisabled === true;
    const isActiveAdmin = before.role === 'admin' && before.disabledMs === null;
    if (isActiveAdmin && losesAdmin && (await stores.users.activeAdmins()) === 1)
      return err(refuse('conflict', 'this is the last admin; make another one first'));
    const change: UserChange = {
      ...(patch.name !== undefined && { name: patch.name }),
      ...(patch.role !== undefined && { role: patch.role }),
      ...(patch.isDisabled !== undefined && { disabledMs: patch.isDisabled ? nowMs() : null }),
    };
    const after = await stores.users.update(id, change, { nowMs: nowMs(), expected });
    if (!after) return err(refuse('precondition-failed', 'it has changed since you read it; read it again'));
    if (patch.isDisabled === true) await this.#sessions.endAll(id, 'disabled');
    this.#forgetLooks();
    const deed = { action: 'user.update', target: `user:${id}`, before: userView(before), after: userView(after) };
    await audit.write(actor, origin, deed);
    return ok(userView(after));
  }

  /** Gives an account a new password; whoever was signed in is not any more, and the second factor is gone. */
  async resetPassword(
    actor: Principal,
    { id, password }: { id: string; password: string },
    origin: Origin,
  ): Promise<Result<void, Refusal>> {
    const user = await this.#parts.stores.users.find(id);
    if (!user) return err(unknownUser(id));
    const set = await this.#setPassword({ id, username: user.username }, { password, path: 'password' }, WITHOUT_TOTP);
    if (!set.ok) return set;
    await this.#sessions.endAll(id, 'password');
    await this.#parts.audit.write(actor, origin, { action: 'user.reset-password', target: `user:${id}` });
    return ok(undefined);
  }

  /** Changes the caller's own password, the current one proved; other sessions end. */
  async changePassword(actor: Principal, newPassword: string, origin: Origin): Promise<Result<void, Refusal>> {
    const user = { id: actor.userId, username: actor.name };
    const set = await this.#setPassword(user, { password: newPassword, path: 'newPassword' }, {});
    if (!set.ok) return set;
    await this.#sessions.endAll(actor.userId, 'password', actor.grantId ?? '');
    await this.#parts.audit.write(actor, origin, { action: 'user.change-password', target: `user:${actor.userId}` });
    return ok(undefined);
  }

  /**
   * Gives whoever forgot it a new password once `use` has used their link up (`used`: it was, by another request). The
   * second factor stays: whoever reads the mail has the mail only.
   */
  async resetForgotten(
    user: UserRow,
    { password, use }: { password: string; use: () => Promise<boolean> },
    origin: Origin,
  ): Promise<Result<void, Refusal> | 'used'> {
    const { stores, passwords, nowMs, audit } = this.#parts;
    const fault = await weakness(password, user.username, 'newPassword');
    if (fault) return err(fault);
    const passwordHash = await passwords.hash(password);
    if (passwordHash === null) return err(BUSY);
    if (!(await use())) return 'used';
    await stores.users.update(user.id, { passwordHash }, { nowMs: nowMs() });
    await this.#sessions.endAll(user.id, 'password');
    const actor = { userId: user.id, name: user.username, by: 'nobody' as const };
    await audit.write(actor, origin, { action: 'user.reset-forgotten-password', target: `user:${user.id}` });
    return ok(undefined);
  }

  async invite(actor: Principal, role: Role, origin: Origin): Promise<InvitationView & { token: string }> {
    const { stores, nowMs, audit, settings } = this.#parts;
    const token = randomToken(24);
    const row = {
      id: randomUUID(),
      hash: tokenHash(token),
      role,
      createdBy: actor.userId,
      createdMs: nowMs(),
      expiresMs: nowMs() + settings.now.invitationDays * DAY_MS,
    };
    await stores.invitations.add(row);
    const view = invitationView({ ...row, usedMs: null });
    await audit.write(actor, origin, { action: 'invitation.create', target: `invitation:${row.id}`, after: view });
    return { ...view, token };
  }

  async invitations(): Promise<InvitationView[]> {
    return (await this.#parts.stores.invitations.listOpen(this.#parts.nowMs())).map(invitationView);
  }

  /** False when there is none of this id. */
  async removeInvitation(actor: Principal, id: string, origin: Origin): Promise<boolean> {
    if (!(await this.#parts.stores.invitations.remove(id))) return false;
    await this.#parts.audit.write(actor, origin, { action: 'invitation.remove', target: `invitation:${id}` });
    return true;
  }

  async #setPassword(
    user: { id: string; username: string },
    given: { password: string; path: string },
    change: UserChange,
  ): Promise<Result<void, Refusal>> {
    const { stores, passwords, nowMs } = this.#parts;
    const fault = await weakness(given.password, user.username, given.path);
    if (fault) return err(fault);
    const passwordHash = await passwords.hash(given.password);
    if (passwordHash === null) return err(BUSY);
    await stores.users.update(user.id, { ...change, passwordHash }, { nowMs: nowMs() });
    return ok(undefined);
  }

  #forgetLooks(): void {
    this.#sessions.forgetLooks();
    this.#apiKeys.forgetLooks();
  }
}
