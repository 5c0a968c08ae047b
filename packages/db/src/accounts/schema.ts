import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { ROLES, type Scope } from '@wickworks/core';

/*
 * Accounts and what belongs to them. Times are ms UTC. Tokens are kept as hashes, secrets sealed
 * (packages/accounts). Two triggers that make audit_log append-only are written into the migration by hand.
 */

export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  /** Lower case, unique; what people sign in with. */
  username: text('username').notNull().unique(),
  name: text('name').notNull(),
  role: text('role', { enum: ROLES }).notNull(),
  /** argon2id in PHC text; `null`: signs in another way. */
  passwordHash: text('password_hash'),
  /** Sealed; in force once confirmed. */
  totpSecret: text('totp_secret'),
  totpConfirmedMs: integer('totp_confirmed_ms'),
  /** Newest time step whose code was used. */
  totpLastStep: integer('totp_last_step'),
  recoveryHashes: text('recovery_hashes', { mode: 'json' }).$type<readonly string[]>().notNull(),
  clerkId: text('clerk_id').unique(),
  /** Confirmed by a link sent to it. */
  mailAddress: text('mail_address'),
  disabledMs: integer('disabled_ms'),
  createdMs: integer('created_ms').notNull(),
  updatedMs: integer('updated_ms').notNull(),
  version: integer('version').notNull(),
});

const ownerColumn = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: ownerColumn(),
    /** How the person signed in: password, totp, recovery-code, passkey. */
    method: text('method').notNull(),
    address: text('address').notNull(),
    agent: text('agent').notNull(),
    createdMs: integer('created_ms').notNull(),
    usedMs: integer('used_ms').notNull(),
    expiresMs: integer('expires_ms').notNull(),
    endedMs: integer('ended_ms'),
    /** Why it ended: signed-out, revoked, reuse, password, disabled. */
    endedBy: text('ended_by'),
  },
  (table) => [index('sessions_user').on(table.userId, table.createdMs)],
);

/** Every refresh token of a session, the used ones too: one that comes again was stolen, or its thief's was. */
export const refreshTokens = sqliteTable(
  'refresh_tokens',
  {
    hash: text('hash').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    issuedMs: integer('issued_ms').notNull(),
    usedMs: integer('used_ms'),
  },
  (table) => [index('refresh_tokens_session').on(table.sessionId)],
);

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    userId: ownerColumn(),
    name: text('name').notNull(),
    hash: text('hash').notNull().unique(),
    /** The key's first letters, so that people recognise it. */
    hint: text('hint').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<readonly Scope[]>().notNull(),
    /** Networks it may be used from; empty: everywhere. */
    networks: text('networks', { mode: 'json' }).$type<readonly string[]>().notNull(),
    createdMs: integer('created_ms').notNull(),
    expiresMs: integer('expires_ms'),
    usedMs: integer('used_ms'),
    usedAddress: text('used_address'),
    revokedMs: integer('revoked_ms'),
  },
  (table) => [index('api_keys_user').on(table.userId, table.createdMs)],
);

export const passkeys = sqliteTable(
  'passkeys',
  {
    /** WebAuthn credential id, base64url. */
    id: text('id').primaryKey(),
    userId: ownerColumn(),
    name: text('name').notNull(),
    publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
    counter: integer('counter').notNull(),
    transports: text('transports', { mode: 'json' }).$type<readonly string[]>().notNull(),
    createdMs: integer('created_ms').notNull(),
    usedMs: integer('used_ms'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
);

export const invitations = sqliteTable('invitations', {
  id: text('id').primaryKey(),
  hash: text('hash').notNull().unique(),
  role: text('role', { enum: ROLES }).notNull(),
  createdBy: text('created_by').notNull(),
  createdMs: integer('created_ms').notNull(),
  expiresMs: integer('expires_ms').notNull(),
  usedMs: integer('used_ms'),
});

/** Keys that sign access tokens; the newest signs, older ones verify until their last token has expired. */
export const signingKeys = sqliteTable('signing_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: text('public_jwk').notNull(),
  privateJwk: text('private_jwk').notNull(),
  createdMs: integer('created_ms').notNull(),
});

export const exchangeCredentials = sqliteTable(
  'exchange_credentials',
  {
    id: text('id').primaryKey(),
    userId: ownerColumn(),
    exchange: text('exchange').notNull(),
    label: text('label').notNull(),
    /** First letters of the API key, so that people recognise it. */
    hint: text('hint').notNull(),
    /** JSON of key, secret and passphrase, sealed. */
    sealed: text('sealed').notNull(),
    /** JSON of what the exchange said the keys may do; `null`: not asked, or no answer. */
    permissions: text('permissions'),
    createdMs: integer('created_ms').notNull(),
    updatedMs: integer('updated_ms').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [index('exchange_credentials_user').on(table.userId, table.exchange)],
);

export const auditLog = sqliteTable(
  'audit_log',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    timeMs: integer('time_ms').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    by: text('by').notNull(),
    action: text('action').notNull(),
    target: text('target').notNull(),
    before: text('before'),
    after: text('after'),
    address: text('address').notNull(),
    agent: text('agent').notNull(),
    requestId: text('request_id').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    index('audit_log_actor').on(table.actorId, table.seq),
    index('audit_log_action').on(table.action, table.seq),
  ],
);

/** Answers to writes that carried an `Idempotency-Key`, kept for a day. */
export const idempotentAnswers = sqliteTable(
  'idempotent_answers',
  {
    /** Hash of caller and key. */
    id: text('id').primaryKey(),
    /** Hash of method, path and body: the same key for something else is a mistake. */
    fingerprint: text('fingerprint').notNull(),
    /** `null`: still being answered. */
    status: integer('status'),
    headers: text('headers', { mode: 'json' }).$type<Readonly<Record<string, string>>>().notNull(),
    body: text('body').notNull(),
    createdMs: integer('created_ms').notNull(),
  },
  (table) => [index('idempotent_answers_age').on(table.createdMs)],
);

/** What was sent by mail and is good once: to set a new password, to confirm an address. Kept as hashes. */
export const mailTokens = sqliteTable(
  'mail_tokens',
  {
    hash: text('hash').primaryKey(),
    userId: ownerColumn(),
    purpose: text('purpose', { enum: ['password', 'address'] }).notNull(),
    /** Where it was sent. */
    address: text('address').notNull(),
    createdMs: integer('created_ms').notNull(),
    expiresMs: integer('expires_ms').notNull(),
  },
  (table) => [index('mail_tokens_user').on(table.userId, table.purpose)],
);

/** What was chosen, of the installation (owner `system`) or of a user; what is not in it has its default. */
export const settings = sqliteTable('settings', {
  owner: text('owner').primaryKey(),
  /** JSON object by name. */
  chosen: text('chosen').notNull(),
  updatedMs: integer('updated_ms').notNull(),
  version: integer('version').notNull(),
});

/** Each change of settings: what it changed, before and after; never changed afterwards. */
export const settingsHistory = sqliteTable(
  'settings_history',
  {
    owner: text('owner').notNull(),
    /** The version it made. */
    version: integer('version').notNull(),
    timeMs: integer('time_ms').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    by: text('by').notNull(),
    /** JSON objects by name, `null` where the default held. */
    before: text('before').notNull(),
    after: text('after').notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.version] })],
);
