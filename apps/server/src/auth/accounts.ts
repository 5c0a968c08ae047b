import type { Passwords } from '@wickworks/accounts';
import type { UserView } from '@wickworks/contracts';
import type { AccountStores, UserRow } from '@wickworks/db';
import type { Mailer } from '../mail/mailer.js';
import type { SystemSettingsKeeper } from '../settings/system-settings.js';
import type { AccessTokens } from './access-tokens.js';
import type { Audit } from './audit.js';

export type { Origin } from './audit.js';
import type { Throttle } from './throttle.js';

/** What every use-case of accounts works with. */
export interface AccountParts {
  readonly stores: AccountStores;
  /** Root secret of the installation. */
  readonly secret: string;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly throttle: Throttle;
  readonly audit: Audit;
  readonly settings: SystemSettingsKeeper;
  readonly mail: Mailer;
  /** Wall clock, ms UTC. */
  readonly nowMs: () => number;
}

/** An account as it is stored. */
export type Account = UserRow;

/** An account as it may be shown. */
export const userView = (user: UserRow): UserView => ({
  id: user.id,
  username: user.username,
  name: user.name,
  role: user.role,
  hasPassword: user.passwordHash !== null,
  hasTotp: user.totpConfirmedMs !== null,
  isClerk: user.clerkId !== null,
  disabledMs: user.disabledMs,
  createdMs: user.createdMs,
  version: user.version,
});
