import { normalUsername, recoveryHash, sealContext, totpStepOf, unseal } from '@wickworks/accounts';
import type { UserRow } from '@wickworks/db';
import { err, ok, type Result } from '@wickworks/core';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import type { Grant, Sessions } from './sessions.js';

/** Too many passwords are being hashed: come back in a moment. */
export const BUSY: Refusal = {
  ...refuse('unavailable', 'too many people sign in at once; try again'),
  retryAfterSeconds: 2,
};
const WRONG = refuse('unauthenticated', 'name, password or code are wrong');
const CODE_WANTED = refuse('second-factor-required', 'send the code of your authenticator app, or a recovery code');

/**
 * Signs in with a password, and with a code where one is set up. A name nobody has is answered like a wrong password,
 * after the same work; so are accounts that are disabled or have no password.
 */
export async function signIn(
  parts: AccountParts,
  sessions: Sessions,
  given: { readonly username: string; readonly password: string; readonly code?: string | undefined },
  origin: Origin,
): Promise<Result<Grant, Refusal>> {
  const { stores, passwords, throttle, audit } = parts;
  const username = normalUsername(given.username) ?? given.username.slice(0, 64).toLowerCase();
  const tooSoon = throttle.check(username, origin.address);
  if (tooSoon) return err(tooSoon);
  const fail = async (refusal: Refusal): Promise<Result<Grant, Refusal>> => {
    throttle.failed(username, origin.address);
    await audit.write({ userId: '', name: username, by: 'nobody' }, origin, {
      action: 'session.refused',
      target: 'session',
    });
    return err(refusal);
  };
  const user = await stores.users.findByUsername(username);
  const matches = await passwords.verify(user?.passwordHash ?? null, given.password);
  if (matches === null) return err(BUSY);
  if (!user || !matches || user.disabledMs !== null) return fail(WRONG);
  let method = 'password';
  if (user.totpConfirmedMs !== null) {
    if (given.code === undefined) return err(CODE_WANTED);
    const found = await secondFactor(parts, user, given.code);
    if (found === null) return fail(WRONG);
    method = found;
  }
  throttle.succeeded(username, origin.address);
  const grant = await sessions.begin(user, method, origin);
  const actor = { userId: user.id, name: user.username, by: 'session' as const };
  await audit.write(actor, origin, { action: 'session.begin', target: `user:${user.id}`, after: { method } });
  return ok(grant);
}

/** How `code` proves to be of `user`, using it up; `null` when it does not. */
async function secondFactor(
  { stores, secret, nowMs }: AccountParts,
  user: UserRow,
  code: string,
): Promise<string | null> {
  const typed = code.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(typed)) {
    const shared = user.totpSecret === null ? null : unseal(secret, sealContext('totp', user.id), user.totpSecret);
    if (!shared?.ok) return null;
    const step = totpStepOf(typed, { secret: shared.value, nowMs: nowMs(), lastStep: user.totpLastStep });
    return step !== null && (await stores.users.useTotpStep(user.id, step)) ? 'totp' : null;
  }
  return (await stores.users.useRecoveryCode(user.id, recoveryHash(typed))) ? 'recovery-code' : null;
}

/**
 * The account behind a session, its password proved again: what a stolen session alone must not do. Wrong ones count
 * as wrong sign-ins.
 */
export async function proveAgain(
  { stores, passwords, throttle }: AccountParts,
  userId: string,
  password: string,
  address: string,
): Promise<Result<UserRow, Refusal>> {
  const user = await stores.users.find(userId);
  if (!user) return err(WRONG);
  const tooSoon = throttle.check(user.username, address);
  if (tooSoon) return err(tooSoon);
  const matches = await passwords.verify(user.passwordHash, password);
  if (matches === null) return err(BUSY);
  if (matches) return ok(user);
  throttle.failed(user.username, address);
  const message = 'the password is wrong';
  return err(refuse('invalid-field', message, [{ path: 'password', message }]));
}
