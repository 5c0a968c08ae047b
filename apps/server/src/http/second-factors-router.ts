import { API } from '@wickworks/contracts';
import type { Account } from '../auth/accounts.js';
import type { Auth } from '../auth/auth.js';
import { passkeyView, type Site } from '../auth/passkeys.js';
import { confirmTotp, disableTotp, renewRecoveryCodes, startTotp } from '../auth/second-factors.js';
import { proveAgain } from '../auth/sign-in.js';
import { refuse } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import type { Call } from './call.js';
import { handOut } from './grants.js';
import { originOf } from './origin-of-call.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** Authenticator apps, recovery codes and passkeys. */
export function secondFactorRoutes(api: ApiRouter, auth: Auth): void {
  const { parts, passkeys } = auth;
  const proven = async ({ principal, address }: Call, password: string): Promise<Account> =>
    granted(await proveAgain(parts, principal.userId, password, address));
  api.route(API.secondFactors.getTotp, async ({ principal }) => {
    const user = await parts.stores.users.find(principal.userId);
    return { enabled: (user?.totpConfirmedMs ?? null) !== null, recoveryCodesLeft: user?.recoveryHashes.length ?? 0 };
  });
  api.route(API.secondFactors.startTotp, async (call) =>
    granted(await startTotp(parts, await proven(call, call.body.password))),
  );
  api.route(API.secondFactors.confirmTotp, async (call) => ({
    recoveryCodes: granted(await confirmTotp(parts, call.principal, call.body.code, originOf(call))),
  }));
  api.route(API.secondFactors.disableTotp, async (call) => {
    await proven(call, call.body.password);
    await disableTotp(parts, call.principal, originOf(call));
  });
  api.route(API.secondFactors.renewRecoveryCodes, async (call) => {
    const user = await proven(call, call.body.password);
    return { recoveryCodes: granted(await renewRecoveryCodes(parts, user, call.principal, originOf(call))) };
  });
  api.route(API.secondFactors.getPasskeys, async ({ principal, query }) =>
    pageOf((await parts.stores.passkeys.list(principal.userId)).map(passkeyView), query, ({ id }) => id),
  );
  api.route(API.secondFactors.startPasskey, async (call) =>
    passkeys.startAdding(await proven(call, call.body.password), siteOf(auth, call)),
  );
  api.route(API.secondFactors.addPasskey, async (call) =>
    granted(await passkeys.add(call.principal, call.body, originOf(call))),
  );
  api.route(API.secondFactors.removePasskey, async (call) => {
    const { principal, params } = call;
    if (!(await parts.stores.passkeys.remove(params.id, principal.userId)))
      throw new RefusedError(refuse('not-found', 'you have no such passkey'));
    await parts.audit.write(principal, originOf(call), {
      action: 'passkey.remove',
      target: `user:${principal.userId}`,
    });
  });
  api.route(API.secondFactors.startPasskeySignIn, (call) => passkeys.startSignIn(siteOf(auth, call)));
  api.route(API.secondFactors.proveIdentity, async (call) => {
    const { body, principal, address } = call;
    if ('password' in body) await proven(call, body.password);
    else granted(await passkeys.prove(principal, body, address));
  });
  api.route(API.secondFactors.signInWithPasskey, async (call) => {
    const grant = granted(await passkeys.signIn(call.body, originOf(call)));
    return handOut(auth, call.http, grant, call.body.transport);
  });
}

/** The page that asks: the public address where one is set, else the origin, which was checked before. */
function siteOf({ config }: Auth, { http }: Call): Site {
  const origin = config.publicUrl === null ? http.given('origin') : new URL(config.publicUrl).origin;
  if (origin === undefined) throw new RefusedError(refuse('bad-request', 'passkeys work in a browser only'));
  return { origin };
}
