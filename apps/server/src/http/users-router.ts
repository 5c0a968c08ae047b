import { API } from '@wickworks/contracts';
import type { Auth } from '../auth/auth.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { originOf } from './origin-of-call.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** Accounts and invitations, for admins. */
export function userRoutes(api: ApiRouter, { users }: Auth): void {
  api.route(API.users.getUsers, async ({ query }) => pageOf(await users.list(), query, ({ id }) => id));
  api.route(API.users.createUser, async (call) => {
    const user = granted(await users.create(call.principal, call.body, originOf(call)));
    call.http.location(`/api/v1/users/${user.id}`);
    call.http.version(user.version);
    return user;
  });
  api.route(API.users.getUser, async ({ params, http }) => {
    const user = granted(await users.find(params.id));
    http.version(user.version);
    return user;
  });
  api.route(API.users.updateUser, async (call) => {
    const expected = call.http.expectedVersion();
    const wanted = { id: call.params.id, expected, patch: call.body };
    const user = granted(await users.update(call.principal, wanted, originOf(call)));
    call.http.version(user.version);
    return user;
  });
  api.route(API.users.resetPassword, async (call) => {
    const { password } = call.body;
    granted(await users.resetPassword(call.principal, { id: call.params.id, password }, originOf(call)));
  });
  api.route(API.users.getInvitations, async ({ query }) => pageOf(await users.invitations(), query, ({ id }) => id));
  api.route(API.users.getInvitation, async ({ params }) => {
    const invitation = (await users.invitations()).find(({ id }) => id === params.id);
    if (!invitation) throw new RefusedError(unknownInvitation(params.id));
    return invitation;
  });
  api.route(API.users.createInvitation, async (call) => {
    const invitation = await users.invite(call.principal, call.body.role, originOf(call));
    call.http.location(`/api/v1/invitations/${invitation.id}`);
    return invitation;
  });
  api.route(API.users.removeInvitation, async (call) => {
    if (!(await users.removeInvitation(call.principal, call.params.id, originOf(call))))
      throw new RefusedError(unknownInvitation(call.params.id));
  });
}

const unknownInvitation = (id: string): Refusal => refuse('not-found', `there is no invitation "${id}"`);
