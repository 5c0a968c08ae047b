import { Passwords } from '@wickworks/accounts';
import { isExposed, isLoopback, type Config } from '@wickworks/config';
import type { AccountStores } from '@wickworks/db';
import type { Logger } from 'pino';
import { Mailer } from '../mail/mailer.js';
import { SecurityMail } from '../mail/security-mail.js';
import { SystemSettingsKeeper } from '../settings/system-settings.js';
import { UserSettingsKeeper } from '../settings/user-settings.js';
import { AccessTokens } from './access-tokens.js';
import type { AccountParts } from './accounts.js';
import { ApiKeys } from './api-keys.js';
import { Audit } from './audit.js';
import { Authenticator } from './authenticate.js';
import { ClerkUsers } from './clerk.js';
import { CookieJar } from './cookies.js';
import { ExchangeCredentials } from './exchange-credentials.js';
import { MailLinks } from './mail-links.js';
import { Passkeys } from './passkeys.js';
import { Sessions } from './sessions.js';
import { SetupToken } from './setup-token.js';
import { Throttle } from './throttle.js';
import { Users } from './users.js';

/** How long the finding that there are no accounts is good for: the CLI may add one at any time. */
const EMPTY_LOOK_MS = 1_000;

/** Everything about who may do what, of one server. */
export interface Auth {
  readonly parts: AccountParts;
  readonly config: Config;
  readonly cookies: CookieJar;
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly users: Users;
  readonly passkeys: Passkeys;
  readonly credentials: ExchangeCredentials;
  readonly setup: SetupToken;
  readonly authenticator: Authenticator;
  readonly hasAccounts: () => Promise<boolean>;
  /** An account was added: the house is open no longer. */
  readonly noteAccount: () => void;
  readonly isOpenHouse: () => Promise<boolean>;
  readonly userSettings: UserSettingsKeeper;
  readonly mailLinks: MailLinks;
  /** Resolves when no mail is under way any more. */
  readonly close: () => Promise<void>;
}

/** Joins the parts; with no account yet the setup token is made. */
export async function openAuth(input: {
  config: Config;
  stores: AccountStores;
  secret: string;
  nowMs: () => number;
  log: Pick<Logger, 'warn'>;
}): Promise<Auth> {
  const { config, stores, secret, nowMs, log } = input;
  const audit = new Audit({ log: stores.audit, secret, nowMs });
  const settings = await SystemSettingsKeeper.open({ store: stores.settings, config, audit, nowMs });
  const mail = new Mailer({ smtpUrl: config.mail.smtpUrl, from: () => settings.now.mailFrom, log });
  const lifeMs = (): number => settings.now.accessTokenMinutes * 60_000;
  const parts: AccountParts = {
    ...{ stores, secret, nowMs, audit, settings, mail },
    passwords: new Passwords(),
    tokens: new AccessTokens({ store: stores.signingKeys, secret, nowMs, lifeMs }),
    throttle: new Throttle(nowMs),
  };
  const userSettings = new UserSettingsKeeper({ store: stores.settings, config, audit, system: settings, nowMs });
  const securityMail = new SecurityMail({ mail, users: stores.users, settings: userSettings, nowMs });
  audit.listen((...deed) => securityMail.tell(...deed));
  const cookies = new CookieJar(config.publicUrl?.startsWith('https:') === true);
  const sessions = new Sessions(parts);
  const apiKeys = new ApiKeys(parts);
  const users = new Users(parts, { sessions, apiKeys });
  const mailLinks = new MailLinks(parts, users, config);
  const { has: hasAccounts, noteAdded } = new AccountsLook(stores.users, nowMs);
  const mayBeOpen = !isExposed(config) && config.publicMarketData;
  const isOpenHouse = async (): Promise<boolean> => mayBeOpen && !(await hasAccounts());
  const clerk = config.clerk && new ClerkUsers(parts, config.clerk, clerkParties(config));
  const setup = new SetupToken(config.dataDir);
  if (await hasAccounts()) await setup.close();
  else await setup.open();
  return {
    ...{ parts, config, cookies, sessions, apiKeys, users, setup, hasAccounts, isOpenHouse, noteAccount: noteAdded },
    userSettings,
    mailLinks,
    close: async () => {
      await mailLinks.settle();
      await mail.close();
    },
    passkeys: new Passkeys(parts, sessions),
    credentials: new ExchangeCredentials(parts),
    authenticator: new Authenticator({ cookies, sessions, apiKeys, clerk, isOpenHouse, tokens: parts.tokens }),
  };
}

/** Whether there are accounts; once there are, there always will be. */
class AccountsLook {
  readonly #store: AccountStores['users'];
  readonly #nowMs: () => number;
  #found = false;
  #lookedMs = Number.NEGATIVE_INFINITY;

  constructor(store: AccountStores['users'], nowMs: () => number) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  readonly has = async (): Promise<boolean> => {
    if (this.#found || Math.abs(this.#nowMs() - this.#lookedMs) < EMPTY_LOOK_MS) return this.#found;
    this.#found = !(await this.#store.isEmpty());
    this.#lookedMs = this.#nowMs();
    return this.#found;
  };

  /** The first one has just been added. */
  readonly noteAdded = (): void => {
    this.#found = true;
  };
}

/** Whose Clerk tokens are accepted: pages of this server and of the origins it is told to allow. */
const clerkParties = ({ allowedOrigins, host, port }: Config): string[] => [
  ...allowedOrigins,
  ...(isLoopback(host) ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : []),
];
