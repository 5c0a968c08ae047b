import { ROLES, SCOPES } from '@wickworks/core';
import * as z from 'zod';
import { TimeMs } from './candles.js';

export const RoleName = z.enum(ROLES);
export const ScopeName = z.enum(SCOPES);

/** What is typed to sign in; an e-mail address will do. */
export const Username = z.string().min(2).max(64);
/** Any characters; strength is looked at when one is chosen. */
export const Password = z.string().min(1).max(256);
export const DisplayName = z.string().trim().min(1).max(80);

/** `GET /users` item, and who is signed in. */
export const UserView = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: RoleName,
  hasPassword: z.boolean(),
  hasTotp: z.boolean(),
  isClerk: z.boolean(),
  disabledMs: TimeMs.nullable(),
  createdMs: TimeMs,
  version: z.int(),
});
export type UserView = z.infer<typeof UserView>;

/** `GET /auth/setup`: what a sign-in page must know before anybody signed in. */
export const AuthSetupView = z.object({
  hasAccounts: z.boolean(),
  /** Without accounts this machine's user may already do what needs no secrets. */
  isOpenHouse: z.boolean(),
  isMarketDataPublic: z.boolean(),
  clerkPublishableKey: z.string().nullable(),
  /** Anybody may make an account, without an invitation. */
  canRegister: z.boolean(),
  /** Whoever forgot a password may have a link mailed. */
  canResetPassword: z.boolean(),
});
export type AuthSetupView = z.infer<typeof AuthSetupView>;

/** `GET /auth/me`: on whose behalf requests act; `role` is `null` when nobody signed in. */
export const MeView = z.object({
  by: z.enum(['nobody', 'open-house', 'session', 'api-key', 'clerk']),
  userId: z.string(),
  name: z.string(),
  role: RoleName.nullable(),
  /** `null`: whatever the role may do. */
  scopes: z.array(ScopeName).nullable(),
  user: UserView.nullable(),
  csrfToken: z.string().nullable(),
});
export type MeView = z.infer<typeof MeView>;

/** `cookie`: for pages, tokens stay out of reach of scripts. `token`: for programs, tokens in the answer. */
const Transport = z.enum(['cookie', 'token']).default('cookie');

/** Body of `POST /auth/register`; `token` is the setup token or an invitation, not needed where anybody may register. */
export const RegisterRequest = z.strictObject({
  token: z.string().min(1).max(128).optional(),
  username: Username,
  name: DisplayName.optional(),
  password: Password,
  transport: Transport,
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

/** Body of `POST /auth/login`; `code` is of the authenticator, or a recovery code. */
export const LoginRequest = z.strictObject({
  username: Username,
  password: Password,
  code: z.string().min(6).max(32).optional(),
  transport: Transport,
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Body of `POST /auth/refresh` and `POST /auth/logout`; pages send their cookie instead. */
export const RefreshRequest = z.strictObject({ refreshToken: z.string().max(128).optional() });

/** Signed in: with cookies set, or with the tokens. */
export const SignedIn = z.object({
  user: UserView,
  /** When the access token ends; refresh before. */
  expiresMs: TimeMs,
  /** To be sent as `X-CSRF-Token` with every write of a page. */
  csrfToken: z.string(),
  accessToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
});
export type SignedIn = z.infer<typeof SignedIn>;

export const SessionView = z.object({
  id: z.string(),
  method: z.string(),
  address: z.string(),
  agent: z.string(),
  createdMs: TimeMs,
  usedMs: TimeMs,
  expiresMs: TimeMs,
  isCurrent: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const PasswordChange = z.strictObject({ currentPassword: Password, newPassword: Password });
export const PasswordProof = z.strictObject({ password: Password });
export const TotpCode = z.strictObject({ code: z.string().regex(/^\d{6}$/, 'six digits') });
/** What an authenticator app needs; `uri` goes into a QR code. */
export const TotpStart = z.object({ secret: z.string(), uri: z.string() });
/** `GET /auth/totp`. */
export const TotpView = z.object({
  enabled: z.boolean(),
  /** Recovery codes that have not been used yet. */
  recoveryCodesLeft: z.int().nonnegative(),
});
/** Shown once. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

export const PasskeyView = z.object({
  id: z.string(),
  name: z.string(),
  createdMs: TimeMs,
  usedMs: TimeMs.nullable(),
});
export type PasskeyView = z.infer<typeof PasskeyView>;

const Base64Url = z.string().regex(/^[\w-]{1,65536}$/, 'base64url');
const answerOf = <R extends z.ZodType>(response: R) =>
  z.object({
    id: Base64Url,
    rawId: Base64Url,
    type: z.literal('public-key'),
    response,
    // Extensions are neither asked for nor looked at.
    clientExtensionResults: z.object({}).default({}),
  });

/** What `navigator.credentials.create()` answered, as `toJSON()` gives it. */
export const NewPasskeyAnswer = answerOf(
  z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).default([]),
  }),
);
export type NewPasskeyAnswer = z.infer<typeof NewPasskeyAnswer>;

/** What `navigator.credentials.get()` answered, as `toJSON()` gives it. */
export const PasskeyAnswer = answerOf(
  z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
);
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

/** `options` go to `PublicKeyCredential.parse…OptionsFromJSON()`; `ceremony` comes back with the answer. */
export const PasskeyStart = z.object({ ceremony: z.string(), options: z.record(z.string(), z.unknown()) });
export const PasskeyRegistration = z.strictObject({
  ceremony: z.string().max(64),
  name: DisplayName,
  credential: NewPasskeyAnswer,
});
export const PasskeySignIn = z.strictObject({
  ceremony: z.string().max(64),
  credential: PasskeyAnswer,
  transport: Transport,
});

/** Shows again who one is: with the password, or with one's own passkey (options as for signing in). */
export const IdentityProof = z.union([PasswordProof, PasskeySignIn.pick({ ceremony: true, credential: true })]);
export type IdentityProof = z.infer<typeof IdentityProof>;

/** A session token of Clerk's, for a session of this server. */
export const ClerkSignIn = z.strictObject({ token: z.string().min(1).max(16_384), transport: Transport });

export const ApiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  scopes: z.array(ScopeName),
  networks: z.array(z.string()),
  createdMs: TimeMs,
  expiresMs: TimeMs.nullable(),
  usedMs: TimeMs.nullable(),
  usedAddress: z.string().nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** Body of `POST /auth/api-keys`. */
export const ApiKeyRequest = z.strictObject({
  name: DisplayName,
  scopes: z.array(ScopeName).min(1).max(SCOPES.length),
  /** Addresses or networks (`10.0.0.0/8`) it may be used from; empty: everywhere. */
  networks: z.array(z.string().max(64)).max(32).default([]),
  expiresMs: TimeMs.nullable().default(null),
});
export type ApiKeyRequest = z.infer<typeof ApiKeyRequest>;

/** The key itself is shown in this answer and never again. */
export const ApiKeyCreated = ApiKeyView.extend({ key: z.string() });

export const UserRequest = z.strictObject({
  username: Username,
  name: DisplayName.optional(),
  role: RoleName,
  password: Password,
});
export type UserRequest = z.infer<typeof UserRequest>;
export const UserPatch = z.strictObject({
  name: DisplayName.optional(),
  role: RoleName.optional(),
  isDisabled: z.boolean().optional(),
});
export type UserPatch = z.infer<typeof UserPatch>;

export const InvitationView = z.object({
  id: z.string(),
  role: RoleName,
  createdMs: TimeMs,
  expiresMs: TimeMs,
});
export type InvitationView = z.infer<typeof InvitationView>;
export const InvitationRequest = z.strictObject({ role: RoleName });
export const InvitationCreated = InvitationView.extend({ token: z.string() });

/** `GET /audit-logs` item; `before` and `after` are what changed, without secrets. */
export const AuditEntryView = z.object({
  seq: z.int(),
  timeMs: TimeMs,
  actorId: z.string(),
  actorName: z.string(),
  by: z.string(),
  action: z.string(),
  target: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  address: z.string(),
  agent: z.string(),
  requestId: z.string(),
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
