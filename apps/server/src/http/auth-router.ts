import { API, type RefreshRequest } from '@wickworks/contracts';
import type * as z from 'zod';
import { userView } from '../auth/accounts.js';
import type { Auth } from '../auth/auth.js';
import { register } from '../auth/register.js';
import { proveAgain, signIn } from '../auth/sign-in.js';
import { refuse } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import type { CallHeaders } from './call.js';
import { handOut } from './grants.js';
import { originOf } from './origin-of-call.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** Accounts of one's own: sign up, in and out, who am I, sessions, password. */
export function authRoutes(api: ApiRouter, auth: Auth): void {
  const { parts, sessions } = auth;
  api.route(API.auth.getSetup, async () => ({
    hasAccounts: await auth.hasAccounts(),
    isOpenHouse: await auth.isOpenHouse(),
    isMarketDataPublic: auth.config.publicMarketData,
    clerkPublishableKey: auth.config.clerk?.publishableKey ?? null,
    canRegister: parts.settings.now.selfRegistration,
    canResetPassword: auth.mailLinks.canReset,
  }));
  api.route(API.auth.getMe, async ({ principal: { userId, name, role, scopes, by, grantId } }) => {
    const user = by === 'nobody' || by === 'open-house' ? null : await parts.stores.users.find(userId);
    return {
      ...{ by, userId, name, role },
      scopes: scopes === 'all' ? null : [...scopes],
      user: user && userView(user),
      csrfToken: by === 'session' && grantId !== null ? sessions.csrfToken(grantId) : null,
    };
  });
  api.route(API.auth.register, async (call) => {
    const user = granted(await register(parts, auth.setup, call.body, originOf(call)));
    auth.noteAccount();
    call.http.location('/api/v1/auth/me');
    return handOut(auth, call.http, await sessions.begin(user, 'password', originOf(call)), call.body.transport);
  });
  api.route(API.auth.login, async (call) => {
    const grant = granted(await signIn(parts, sessions, call.body, originOf(call)));
    return handOut(auth, call.http, grant, call.body.transport);
  });
  api.route(API.auth.signInWithClerk, async (call) => {
    if (!auth.config.clerk) throw new RefusedError(refuse('not-supported', 'nobody signs in with Clerk here'));
    const { by, userId } = granted(await auth.authenticator.byToken(call.body.token, call.address));
    const user = by === 'clerk' ? await parts.stores.users.find(userId) : null;
    if (!user) throw new RefusedError(refuse('unauthenticated', 'this is no session token of Clerk'));
    const origin = originOf(call);
    const grant = await sessions.begin(user, 'clerk', origin);
    const actor = { userId, name: user.username, by: 'session' as const };
    await parts.audit.write(actor, origin, {
      action: 'session.begin',
      target: `user:${userId}`,
      after: { method: 'clerk' },
    });
    return handOut(auth, call.http, grant, call.body.transport);
  });
  api.route(API.auth.refresh, async (call) => {
    const { token, csrf } = refreshTokenOf(auth, call);
    if (token === undefined) throw new RefusedError(refuse('unauthenticated', 'there is no refresh token; sign in'));
    const rotated = await sessions.refresh(token, originOf(call), csrf);
    if (!rotated.ok && csrf && rotated.error.code === 'unauthenticated') signOut(auth, call.http);
    return handOut(auth, call.http, granted(rotated), csrf ? 'cookie' : 'token');
  });
  api.route(API.auth.logout, async (call) => {
    const { token, csrf } = refreshTokenOf(auth, call);
    if (token !== undefined) {
      const userId = granted(await sessions.endByRefreshToken(token, csrf));
      const actor = { userId: userId ?? '', name: call.principal.name, by: call.principal.by };
      if (userId !== null)
        await parts.audit.write(actor, originOf(call), { action: 'session.end', target: `user:${userId}` });
    }
    signOut(auth, call.http);
  });
  api.route(API.auth.changePassword, async (call) => {
    const { currentPassword, newPassword } = call.body;
    granted(await proveAgain(parts, call.principal.userId, currentPassword, call.address));
    granted(await auth.users.changePassword(call.principal, newPassword, originOf(call)));
  });
  api.route(API.auth.forgotPassword, (call) => {
    auth.mailLinks.forgot(call.body.account, originOf(call));
  });
  api.route(API.auth.resetForgottenPassword, async (call) => {
    granted(await auth.mailLinks.reset(call.body, originOf(call)));
  });
  api.route(API.auth.getMailAddress, ({ principal }) => auth.mailLinks.addressOf(principal.userId));
  api.route(API.auth.setMailAddress, async (call) => {
    const { address, password } = call.body;
    const user = granted(await proveAgain(parts, call.principal.userId, password, call.address));
    granted(await auth.mailLinks.wantAddress(user, address, call.principal, originOf(call)));
    return auth.mailLinks.addressOf(user.id);
  });
  api.route(API.auth.confirmMailAddress, async (call) => {
    granted(await auth.mailLinks.confirmAddress(call.body.token, originOf(call)));
  });
  api.route(API.auth.removeMailAddress, async (call) => {
    const user = granted(await proveAgain(parts, call.principal.userId, call.body.password, call.address));
    await auth.mailLinks.removeAddress(user, call.principal, originOf(call));
  });
  api.route(API.auth.getSessions, async ({ principal, query }) =>
    pageOf(await sessions.list(principal.userId, principal.grantId), query, ({ id }) => id),
  );
  api.route(API.auth.endSession, async (call) => {
    const { principal, params } = call;
    if (!(await sessions.end(params.id, principal.userId, 'revoked')))
      throw new RefusedError(refuse('not-found', `you have no session "${params.id}"`));
    await parts.audit.write(principal, originOf(call), { action: 'session.revoke', target: `session:${params.id}` });
  });
  api.route(API.auth.endOtherSessions, async (call) => {
    const { userId, grantId } = call.principal;
    const ended = await sessions.endAll(userId, 'revoked', grantId ?? '');
    const deed = { action: 'session.revoke-others', target: `user:${userId}`, after: { ended } };
    await parts.audit.write(call.principal, originOf(call), deed);
  });
}

/** The refresh token of a program, or a page's: then the CSRF token must come with it. */
function refreshTokenOf({ cookies }: Auth, call: { body: z.output<typeof RefreshRequest>; http: CallHeaders }) {
  if (call.body.refreshToken !== undefined) return { token: call.body.refreshToken, csrf: null };
  const { refresh } = cookies.read({ cookie: call.http.given('cookie') });
  return { token: refresh, csrf: { given: call.http.given('x-csrf-token') } };
}

function signOut({ cookies }: Auth, http: CallHeaders): void {
  for (const cookie of cookies.clear()) http.set('Set-Cookie', cookie);
}
