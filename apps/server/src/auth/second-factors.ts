import { newRecoveryCodes, newTotpSecret, seal, sealContext, totpStepOf, totpUri, unseal } from '@wickworks/accounts';
import { err, ok, type Result } from '@wickworks/core';
import type { UserRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import type { Principal } from './principal.js';

const IS_ON = refuse('conflict', 'an authenticator app is set up already; disable it first');

/** Begins to set up an authenticator app; nothing is asked for until {@link confirmTotp}. */
export async function startTotp(
  { stores, secret, nowMs }: AccountParts,
  user: UserRow,
): Promise<Result<{ secret: string; uri: string }, Refusal>> {
  if (user.totpConfirmedMs !== null) return err(IS_ON);
  const shared = newTotpSecret();
  const sealed = seal(secret, sealContext('totp', user.id), shared);
  await stores.users.update(user.id, { totpSecret: sealed, totpLastStep: null }, { nowMs: nowMs() });
  return ok({ secret: shared, uri: totpUri(shared, user.username) });
}

/** From now on codes are asked for: the app has shown that it works. Answers with recovery codes. */
export async function confirmTotp(
  { stores, secret, nowMs, throttle, audit }: AccountParts,
  principal: Principal,
  code: string,
  origin: Origin,
): Promise<Result<string[], Refusal>> {
  const user = await stores.users.find(principal.userId);
  if (!user || user.totpConfirmedMs !== null) return err(IS_ON);
  const tooSoon = throttle.check(user.username, origin.address);
  if (tooSoon) return err(tooSoon);
  const shared = user.totpSecret === null ? null : unseal(secret, sealContext('totp', user.id), user.totpSecret);
  if (!shared?.ok) return err(refuse('conflict', 'begin to set up an authenticator app first'));
  const step = totpStepOf(code, { secret: shared.value, nowMs: nowMs(), lastStep: user.totpLastStep });
  if (step === null) {
    throttle.failed(user.username, origin.address);
    const message = 'the code is wrong; is the clock of the phone right?';
    return err(refuse('invalid-field', message, [{ path: 'code', message }]));
  }
  const { codes, hashes } = newRecoveryCodes();
  const change = { totpConfirmedMs: nowMs(), totpLastStep: step, recoveryHashes: hashes };
  await stores.users.update(user.id, change, { nowMs: nowMs() });
  await audit.write(principal, origin, { action: 'totp.enable', target: `user:${user.id}` });
  return ok(codes);
}

/** Codes are no longer asked for. */
export async function disableTotp(
  { stores, nowMs, audit }: AccountParts,
  principal: Principal,
  origin: Origin,
): Promise<void> {
  await stores.users.update(principal.userId, WITHOUT_TOTP, { nowMs: nowMs() });
  await audit.write(principal, origin, { action: 'totp.disable', target: `user:${principal.userId}` });
}

/** An account whose second factor has ended. */
export const WITHOUT_TOTP = {
  totpSecret: null,
  totpConfirmedMs: null,
  totpLastStep: null,
  recoveryHashes: [],
} as const;

/** New recovery codes in place of all earlier ones. */
export async function renewRecoveryCodes(
  { stores, nowMs, audit }: AccountParts,
  user: UserRow,
  principal: Principal,
  origin: Origin,
): Promise<Result<string[], Refusal>> {
  if (user.totpConfirmedMs === null) return err(refuse('conflict', 'set up an authenticator app first'));
  const { codes, hashes } = newRecoveryCodes();
  await stores.users.update(user.id, { recoveryHashes: hashes }, { nowMs: nowMs() });
  await audit.write(principal, origin, { action: 'recovery-codes.renew', target: `user:${user.id}` });
  return ok(codes);
}
