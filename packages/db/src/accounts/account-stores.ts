import type { Connection } from '../connection.js';
import { ApiKeyStore } from './api-keys.js';
import { AuditLog } from './audit-log.js';
import { ExchangeCredentialStore } from './exchange-credentials.js';
import { IdempotentAnswerStore } from './idempotent-answers.js';
import { InvitationStore } from './invitations.js';
import { MailTokenStore } from './mail-tokens.js';
import { PasskeyStore } from './passkeys.js';
import { SealStore } from './seals.js';
import { SessionStore } from './sessions.js';
import { SettingsStore } from './settings-store.js';
import { SigningKeyStore } from './signing-keys.js';
import { UserStore } from './users.js';

/** Everything stored about who may do what, and who did. */
export interface AccountStores {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly apiKeys: ApiKeyStore;
  readonly passkeys: PasskeyStore;
  readonly invitations: InvitationStore;
  readonly signingKeys: SigningKeyStore;
  readonly exchangeCredentials: ExchangeCredentialStore;
  readonly audit: AuditLog;
  readonly idempotentAnswers: IdempotentAnswerStore;
  readonly seals: SealStore;
  readonly mailTokens: MailTokenStore;
  readonly settings: SettingsStore;
}

export const accountStores = (connection: Connection): AccountStores => ({
  users: new UserStore(connection),
  sessions: new SessionStore(connection),
  apiKeys: new ApiKeyStore(connection),
  passkeys: new PasskeyStore(connection),
  invitations: new InvitationStore(connection),
  signingKeys: new SigningKeyStore(connection),
  exchangeCredentials: new ExchangeCredentialStore(connection),
  audit: new AuditLog(connection),
  idempotentAnswers: new IdempotentAnswerStore(connection),
  seals: new SealStore(connection),
  mailTokens: new MailTokenStore(connection),
  settings: new SettingsStore(connection),
});
