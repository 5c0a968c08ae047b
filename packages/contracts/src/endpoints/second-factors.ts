import * as z from 'zod';
import {
  IdentityProof,
  PasskeyRegistration,
  PasskeySignIn,
  PasskeyStart,
  PasskeyView,
  PasswordProof,
  RecoveryCodes,
  SignedIn,
  TotpCode,
  TotpStart,
  TotpView,
} from '../auth.js';
import { endpoint, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const own = { tag: 'Second factors and passkeys', role: 'viewer', scope: null } as const;
const open = { tag: own.tag, role: 'public', scope: null, rate: 'auth' } as const;
const at = (path: string) => `/api/v1/auth/${path}`;

export const getTotp = endpoint({
  ...own,
  method: 'GET',
  path: at('totp'),
  summary: 'Whether an authenticator app is set up',
  reply: TotpView,
});

export const startTotp = endpoint({
  ...own,
  method: 'POST',
  path: at('totp'),
  rate: 'auth',
  summary: 'Begin to set up an authenticator app',
  body: PasswordProof,
  reply: TotpStart,
  errors: ['conflict', 'unavailable'],
});

export const confirmTotp = endpoint({
  ...own,
  method: 'POST',
  path: at('totp/confirm'),
  rate: 'auth',
  summary: 'Prove the app works; from now on its codes are asked for',
  body: TotpCode,
  reply: RecoveryCodes,
  errors: ['conflict'],
});

export const disableTotp = endpoint({
  ...own,
  method: 'POST',
  path: at('totp/disable'),
  rate: 'auth',
  summary: 'Do without an authenticator app',
  body: PasswordProof,
  errors: ['unavailable'],
});

export const renewRecoveryCodes = endpoint({
  ...own,
  method: 'POST',
  path: at('recovery-codes'),
  rate: 'auth',
  summary: 'New recovery codes; the old ones end',
  body: PasswordProof,
  reply: RecoveryCodes,
  errors: ['conflict', 'unavailable'],
});

export const getPasskeys = endpoint({
  ...own,
  method: 'GET',
  path: at('passkeys'),
  summary: 'Own passkeys',
  query: Paging,
  reply: listOf(PasskeyView),
});

export const startPasskey = endpoint({
  ...own,
  method: 'POST',
  path: at('passkeys/registration'),
  rate: 'auth',
  summary: 'Begin to add a passkey',
  body: PasswordProof,
  reply: PasskeyStart,
  errors: ['unavailable'],
});

export const addPasskey = endpoint({
  ...own,
  method: 'POST',
  path: at('passkeys'),
  rate: 'auth',
  summary: 'Add the passkey the browser made',
  body: PasskeyRegistration,
  reply: PasskeyView,
  status: 201,
  errors: ['conflict'],
});

export const removePasskey = endpoint({
  ...own,
  method: 'DELETE',
  path: at('passkeys/:id'),
  summary: 'Remove a passkey',
  params: z.object({ id: z.string().min(1).max(1_024) }),
  errors: ['not-found'],
});

export const startPasskeySignIn = endpoint({
  ...open,
  method: 'POST',
  path: at('passkeys/sign-in/options'),
  summary: 'Begin to sign in with a passkey',
  reply: PasskeyStart,
});

export const signInWithPasskey = endpoint({
  ...open,
  method: 'POST',
  path: at('passkeys/sign-in'),
  summary: 'Sign in with a passkey',
  body: PasskeySignIn,
  reply: SignedIn,
  errors: ['unauthenticated'],
});

export const proveIdentity = endpoint({
  ...own,
  method: 'POST',
  path: at('proof'),
  rate: 'auth',
  summary: 'Show again who one is, with the password or a passkey',
  description: 'What a page asks for before it unlocks. Wrong ones count as wrong sign-ins.',
  body: IdentityProof,
  errors: ['unavailable'],
});
