import {
  AuthSetupView,
  ClerkSignIn,
  LoginRequest,
  MeView,
  PasswordChange,
  PasswordProof,
  RefreshRequest,
  RegisterRequest,
  SessionView,
  SignedIn,
} from '../auth.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';
import { MailAddressProof, MailAddressRequest, MailAddressView, PasswordForgotten, PasswordReset } from '../mail.js';

const tag = 'Signing in';
const open = { tag, role: 'public', scope: null } as const;
const own = { tag, role: 'viewer', scope: null } as const;
const at = (path: string) => `/api/v1/auth/${path}`;

export const getSetup = endpoint({
  ...open,
  method: 'GET',
  path: at('setup'),
  summary: 'What a sign-in page must know',
  reply: AuthSetupView,
});

export const getMe = endpoint({
  ...open,
  method: 'GET',
  path: at('me'),
  demandsSoundCredentials: true,
  errors: ['unauthenticated'],
  summary: 'On whose behalf this request acts',
  description: 'Of nobody without credentials; a token that does not hold is refused.',
  reply: MeView,
});

export const register = endpoint({
  ...open,
  method: 'POST',
  path: at('register'),
  rate: 'auth',
  summary: 'Create an account with the setup token or an invitation, and sign in',
  description: 'Without a token where the settings let anybody register; such an account is a viewer.',
  body: RegisterRequest,
  reply: SignedIn,
  status: 201,
  errors: ['unauthenticated', 'conflict', 'unavailable'],
  example: { body: { token: 'from the terminal', username: 'ada', password: 'tidal-oboe-ferment-quill' } },
});

export const login = endpoint({
  ...open,
  method: 'POST',
  path: at('login'),
  rate: 'auth',
  summary: 'Sign in with a password, and a code where one is set up',
  description:
    'Cookies for pages, or tokens with `transport: "token"`. The same answer, after the same time, whether the account exists or not.',
  body: LoginRequest,
  reply: SignedIn,
  errors: ['unauthenticated', 'second-factor-required', 'unavailable'],
  example: { body: { username: 'ada', password: 'tidal-oboe-ferment-quill', transport: 'token' } },
});

export const signInWithClerk = endpoint({
  ...open,
  method: 'POST',
  path: at('clerk'),
  rate: 'auth',
  summary: 'Exchange a session token of Clerk for a session of this server',
  description: 'For pages: from then on nothing of Clerk is needed. Programs may as well send the token as bearer.',
  body: ClerkSignIn,
  reply: SignedIn,
  errors: ['unauthenticated', 'not-supported'],
});

export const refresh = endpoint({
  ...open,
  method: 'POST',
  path: at('refresh'),
  rate: 'auth',
  summary: 'Exchange the refresh token for new tokens',
  description: 'Each refresh token is good once. One that comes again ends the session: somebody else has it.',
  body: RefreshRequest.default({}),
  reply: SignedIn,
  errors: ['unauthenticated'],
});

export const logout = endpoint({
  ...open,
  method: 'POST',
  path: at('logout'),
  summary: 'End the session',
  body: RefreshRequest.default({}),
});

export const changePassword = endpoint({
  ...own,
  method: 'POST',
  path: at('password'),
  rate: 'auth',
  summary: 'Change the own password; other sessions end',
  body: PasswordChange,
  errors: ['unavailable'],
});

export const getSessions = endpoint({
  ...own,
  method: 'GET',
  path: at('sessions'),
  summary: 'Where one is signed in',
  query: Paging,
  reply: listOf(SessionView),
});

export const endSession = endpoint({
  ...own,
  method: 'DELETE',
  path: at('sessions/:id'),
  summary: 'Sign out elsewhere',
  params: IdParams,
  errors: ['not-found'],
});

export const endOtherSessions = endpoint({
  ...own,
  method: 'DELETE',
  path: at('sessions'),
  summary: 'Sign out everywhere else',
});

export const forgotPassword = endpoint({
  ...open,
  method: 'POST',
  path: at('password/forgot'),
  rate: 'auth',
  summary: 'Have a link mailed that sets a new password',
  description:
    'The same answer, after the same time, whether there is such an account with a confirmed address or not, and whether this server can send mail (`GET /auth/setup` says so). The link leads to `/reset-password#token=…`.',
  body: PasswordForgotten,
  status: 202,
  example: { body: { account: 'ada' } },
});

export const resetForgottenPassword = endpoint({
  ...open,
  method: 'POST',
  path: at('password/reset'),
  rate: 'auth',
  summary: 'Set a new password with the token that came by mail; every session ends',
  description: 'A second factor stays as it was.',
  body: PasswordReset,
  errors: ['unauthenticated', 'unavailable'],
});

export const getMailAddress = endpoint({
  ...own,
  method: 'GET',
  path: at('mail-address'),
  summary: 'Where mail of the own account goes',
  reply: MailAddressView,
});

export const setMailAddress = endpoint({
  ...own,
  method: 'PUT',
  path: at('mail-address'),
  rate: 'auth',
  summary: 'Have another mail address; it counts once its owner followed the link sent to it',
  description: 'The link leads to `/confirm-mail#token=…`; the address so far is told of it.',
  body: MailAddressRequest,
  reply: MailAddressView,
  errors: ['conflict', 'unavailable'],
});

export const confirmMailAddress = endpoint({
  ...open,
  method: 'POST',
  path: at('mail-address/confirm'),
  rate: 'auth',
  summary: 'Confirm a mail address with the token sent to it',
  body: MailAddressProof,
  errors: ['unauthenticated'],
});

export const removeMailAddress = endpoint({
  ...own,
  method: 'POST',
  path: at('mail-address/remove'),
  rate: 'auth',
  summary: 'Have no mail address',
  body: PasswordProof,
  errors: ['unavailable'],
});
