import {
  AuthSetupView,
  LoginRequest,
  MeView,
  PasswordChange,
  RefreshRequest,
  RegisterRequest,
  SessionView,
  SignedIn,
} from '../auth.js';
import { endpoint, IdParams } from '../endpoint.js';
import { listOf } from '../exchanges.js';

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
  summary: 'On whose behalf this request acts',
  reply: MeView,
});

export const register = endpoint({
  ...open,
  method: 'POST',
  path: at('register'),
  rate: 'auth',
  summary: 'Create an account with the setup token or an invitation, and sign in',
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
