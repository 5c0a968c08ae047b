import type { AccountStores } from '@wickworks/db';
import type { Actor, Deed, Origin } from '../auth/audit.js';
import type { UserSettingsKeeper } from '../settings/user-settings.js';
import { noticeLetter } from './letters.js';
import type { Mailer } from './mailer.js';

/** What the owner of an account is told of by mail; the rest is in the audit log. */
const WORTH_A_MAIL: Readonly<Record<string, string>> = {
  'user.change-password': 'its password was changed',
  'user.reset-password': 'an admin set a new password',
  'user.reset-forgotten-password': 'a new password was set with a link sent by mail',
  'totp.enable': 'an authenticator app was set up',
  'totp.disable': 'the authenticator app was switched off',
  'recovery-codes.renew': 'new recovery codes were made',
  'passkey.add': 'a passkey was added',
  'api-key.create': 'an API key was made',
  'credential.add': 'keys at an exchange were stored',
  'credential.replace': 'keys at an exchange were replaced',
  'session.reuse': 'a stolen session was used, and ended',
};

/** Tells people what was done to their account, where they have a confirmed address and did not ask for silence. */
export class SecurityMail {
  readonly #mail: Mailer;
  readonly #users: AccountStores['users'];
  readonly #settings: UserSettingsKeeper;
  readonly #nowMs: () => number;

  constructor(input: {
    mail: Mailer;
    users: AccountStores['users'];
    settings: UserSettingsKeeper;
    nowMs: () => number;
  }) {
    this.#mail = input.mail;
    this.#users = input.users;
    this.#settings = input.settings;
    this.#nowMs = input.nowMs;
  }

  /** Mails about `deed` if it is worth one. */
  async tell(actor: Actor, origin: Origin, { action, target }: Deed): Promise<void> {
    const what = WORTH_A_MAIL[action];
    if (what === undefined || !this.#mail.isReady) return;
    const userId = /^user:(.+)$/.exec(target)?.[1] ?? actor.userId;
    const user = await this.#users.find(userId);
    const to = user?.mailAddress ?? null;
    if (!user || to === null) return;
    if (!(await this.#settings.find(userId)).values.securityMail) return;
    const where = { username: user.username, when: new Date(this.#nowMs()), address: origin.address };
    this.#mail.post({ to, ...noticeLetter(what, where) });
  }
}
