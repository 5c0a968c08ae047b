import {
  InvitationCreated,
  InvitationRequest,
  InvitationView,
  PasswordProof,
  UserPatch,
  UserRequest,
  UserView,
} from '../auth.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const admin = { tag: 'Users', role: 'admin', scope: null } as const;
const path = '/api/v1/users';

export const getUsers = endpoint({
  ...admin,
  method: 'GET',
  path,
  summary: 'Accounts, oldest first',
  query: Paging,
  reply: listOf(UserView),
});

export const createUser = endpoint({
  ...admin,
  method: 'POST',
  path,
  summary: 'Create an account',
  body: UserRequest,
  reply: UserView,
  status: 201,
  errors: ['conflict', 'unavailable'],
});

export const getUser = endpoint({
  ...admin,
  method: 'GET',
  path: `${path}/:id`,
  summary: 'One account',
  params: IdParams,
  reply: UserView,
  errors: ['not-found'],
});

export const updateUser = endpoint({
  ...admin,
  method: 'PATCH',
  path: `${path}/:id`,
  summary: 'Change name or role, disable or enable',
  params: IdParams,
  body: UserPatch,
  reply: UserView,
  isVersioned: true,
  errors: ['not-found', 'conflict'],
});

export const resetPassword = endpoint({
  ...admin,
  method: 'POST',
  path: `${path}/:id/password`,
  summary: 'Give an account a new password; its sessions and second factor end',
  params: IdParams,
  body: PasswordProof,
  errors: ['not-found', 'unavailable'],
});

export const getInvitations = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/v1/invitations',
  summary: 'Invitations that hold',
  query: Paging,
  reply: listOf(InvitationView),
});

export const getInvitation = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/v1/invitations/:id',
  summary: 'One invitation that holds, without its token',
  params: IdParams,
  reply: InvitationView,
  errors: ['not-found'],
});

export const createInvitation = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Invite somebody; the token is shown in this answer only',
  body: InvitationRequest,
  reply: InvitationCreated,
  status: 201,
});

export const removeInvitation = endpoint({
  ...admin,
  method: 'DELETE',
  path: '/api/v1/invitations/:id',
  summary: 'Take an invitation back',
  params: IdParams,
  errors: ['not-found'],
});
