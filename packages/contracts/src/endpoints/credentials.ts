import * as z from 'zod';
import { CredentialRequest, CredentialView } from '../credentials.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const own = { tag: 'Exchange credentials', role: 'trader', scope: null } as const;
const path = '/api/v1/exchanges/:id/credentials';
const OneParams = IdParams.extend({ credential: z.string().min(1).max(128) });

export const getCredentials = endpoint({
  ...own,
  method: 'GET',
  path,
  summary: 'Own keys at an exchange, without what is secret',
  params: IdParams,
  query: Paging,
  reply: listOf(CredentialView),
  errors: ['unknown-exchange'],
});

export const getCredential = endpoint({
  ...own,
  method: 'GET',
  path: `${path}/:credential`,
  summary: 'One of the own keys at an exchange, without what is secret',
  params: OneParams,
  reply: CredentialView,
  errors: ['unknown-exchange', 'not-found'],
});

export const addCredential = endpoint({
  ...own,
  method: 'POST',
  path,
  summary: 'Store keys at an exchange, sealed',
  description:
    'The exchange is asked what the keys may do; the answer warns when they can withdraw. Keys are stored even when it does not answer or does not take them; a warning says so.',
  params: IdParams,
  body: CredentialRequest,
  reply: CredentialView,
  status: 201,
  errors: ['unknown-exchange'],
});

export const replaceCredential = endpoint({
  ...own,
  method: 'PUT',
  path: `${path}/:credential`,
  summary: 'Replace label and keys',
  params: OneParams,
  body: CredentialRequest,
  reply: CredentialView,
  isVersioned: true,
  errors: ['unknown-exchange', 'not-found'],
});

export const removeCredential = endpoint({
  ...own,
  method: 'DELETE',
  path: `${path}/:credential`,
  summary: 'Forget keys',
  params: OneParams,
  isVersioned: true,
  errors: ['unknown-exchange', 'not-found'],
});

export const checkCredential = endpoint({
  ...own,
  method: 'POST',
  path: `${path}/:credential/check`,
  rate: 'heavy',
  summary: 'Ask the exchange again what keys may do',
  params: OneParams,
  reply: CredentialView,
  errors: ['unknown-exchange', 'not-found'],
});
