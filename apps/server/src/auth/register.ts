import { randomUUID } from 'node:crypto';
import { normalUsername, passwordFault, tokenHash } from '@wickworks/accounts';
import type { RegisterRequest, UserRequest } from '@wickworks/contracts';
import { err, LOCAL_USER_ID, ok, type Result, type Role } from '@wickworks/core';
import type { UserRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import { userView, type AccountParts, type Origin } from './accounts.js';
import type { Actor } from './audit.js';
import type { SetupToken } from './setup-token.js';
import { BUSY } from './sign-in.js';

const BAD_TOKEN = refuse('unauthenticated', 'the token is wrong, was used, or has expired');
const TAKEN = 'this name has an account already';

/** Creates the account a setup token, an invitation or the settings give leave for. */
export async function register(
  parts: AccountParts,
  setup: SetupToken,
  given: RegisterRequest,
  origin: Origin,
): Promise<Result<UserRow, Refusal>> {
  const { stores, throttle, audit, nowMs, settings } = parts;
  const tooSoon = throttle.check('', origin.address);
  if (tooSoon) return err(tooSoon);
  const { token } = given;
  // The first account takes the setup token, whatever the settings say.
  const isOpen = token === undefined && settings.now.selfRegistration && !(await stores.users.isEmpty());
  const isFirst = token !== undefined && setup.matches(token);
  // Looked at before the token is used up: a refused password must not cost the invitation.
  const sound = await checkNewUser(given);
  const mayUse = token !== undefined && !isFirst && sound.ok;
  const invitation = mayUse ? await stores.invitations.use(tokenHash(token), nowMs()) : null;
  if (!isFirst && !isOpen && sound.ok && !invitation) {
    throttle.failed('', origin.address);
    return err(BAD_TOKEN);
  }
  if (!sound.ok) return sound;
  const role: Role = invitation?.role ?? (isFirst ? 'admin' : 'viewer');
  const made = await addUser(parts, { ...given, username: sound.value, role }, isFirst);
  if (!made.ok) {
    if (invitation) await stores.invitations.giveBack(invitation.id);
    return made;
  }
  if (isFirst) await setup.close();
  const { id, username } = made.value;
  const actor: Actor = { userId: id, name: username, by: 'nobody' };
  await audit.write(actor, origin, { action: 'user.register', target: `user:${id}`, after: userView(made.value) });
  return made;
}

/** Adds an account with a password; the first one takes over the id of the local user. */
export async function addUser(
  { stores, passwords, nowMs }: AccountParts,
  given: Omit<UserRequest, 'name'> & { name?: string | undefined },
  isFirst: boolean,
): Promise<Result<UserRow, Refusal>> {
  const { username, role } = given;
  const passwordHash = await passwords.hash(given.password);
  if (passwordHash === null) return err(BUSY);
  const id = isFirst ? LOCAL_USER_ID : randomUUID();
  const user = { id, username, name: given.name ?? username, role, passwordHash, clerkId: null };
  const added = await stores.users.add(user, { nowMs: nowMs(), onlyAsFirst: isFirst });
  if (added) return ok(added);
  return err(isFirst ? BAD_TOKEN : refuse('conflict', TAKEN, [{ path: 'username', message: TAKEN }]));
}

/** The stored spelling of a new account's name, when that and its password will do. */
export async function checkNewUser(given: { username: string; password: string }): Promise<Result<string, Refusal>> {
  const username = normalUsername(given.username);
  if (username === null) {
    const message = 'use 2 to 64 letters, digits and . _ @ + -, beginning with a letter or digit';
    return err(refuse('invalid-field', message, [{ path: 'username', message }]));
  }
  const fault = await weakness(given.password, username, 'password');
  return fault ? err(fault) : ok(username);
}

/** The refusal of a password that will not do for `username`; `null` when it will. */
export async function weakness(password: string, username: string, path: string): Promise<Refusal | null> {
  const message = await passwordFault(password, username.split(/[.@_+-]/).concat(username));
  return message === null ? null : refuse('invalid-field', message, [{ path, message }]);
}
