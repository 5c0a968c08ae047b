import { randomToken, tokenHash } from '@wickworks/accounts';
import { isLoopback, type Config } from '@wickworks/config';
import type { MailAddressView } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { UserRow } from '@wickworks/db';
import { confirmLetter, noticeLetter, resetLetter } from '../mail/letters.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import type { Principal } from './principal.js';
import type { Users } from './users.js';

const HOLDS_MS = 30 * 60_000;
/** Nobody's mailbox is filled by asking again and again. */
const AGAIN_AFTER_MS = 60_000;
/** People who share one address and forgot which account is whose. */
const ACCOUNTS_MAX = 5;

const BAD_TOKEN = refuse('unauthenticated', 'the link is wrong, was used, or has expired; ask for another one');

/** What links sent by mail are for: a new password, a confirmed address. */
export class MailLinks {
  readonly #parts: AccountParts;
  readonly #users: Users;
  readonly #baseUrl: string;
  readonly #looking = new Set<Promise<void>>();

  constructor(parts: AccountParts, users: Users, config: Config) {
    this.#parts = parts;
    this.#users = users;
    this.#baseUrl = baseUrlOf(config);
  }

  /** Whether whoever forgot a password can be helped by mail. */
  get canReset(): boolean {
    return this.#parts.mail.isReady && this.#parts.settings.now.passwordResetByMail;
  }

  /**
   * Sends a link to the confirmed address of `account` (a name, or the address), if there is one. Looked up in the
   * background: neither the answer nor its time tells whether there is.
   */
  forgot(account: string, origin: Origin): void {
    if (!this.canReset) return;
    const looking: Promise<void> = this.#sendReset(account, origin).finally(() => this.#looking.delete(looking));
    this.#looking.add(looking);
    looking.catch(() => undefined); // the database: those who can be told hear of it elsewhere
  }

  /** Resolves when nothing is being looked up any more. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#looking);
  }

  /** Sets a new password; every session ends. A password that will not do leaves the link good. */
  async reset(given: { token: string; newPassword: string }, origin: Origin): Promise<Result<void, Refusal>> {
    const { stores, throttle, nowMs } = this.#parts;
    const tooSoon = throttle.check('', origin.address);
    if (tooSoon) return err(tooSoon);
    const hash = tokenHash(given.token);
    const found = await stores.mailTokens.find(hash, 'password', nowMs());
    const user = found && (await stores.users.find(found.userId));
    if (user?.disabledMs !== null) {
      throttle.failed('', origin.address);
      return err(BAD_TOKEN);
    }
    const use = async (): Promise<boolean> => (await stores.mailTokens.use(hash, 'password', nowMs())) !== null;
    const done = await this.#users.resetForgotten(user, { password: given.newPassword, use }, origin);
    return done === 'used' ? err(BAD_TOKEN) : done;
  }

  /** The address of an account, and one that waits for its owner. */
  async addressOf(userId: string): Promise<MailAddressView> {
    const { stores, nowMs, mail } = this.#parts;
    const user = await stores.users.find(userId);
    const pending = await stores.mailTokens.pending(userId, 'address', nowMs());
    return {
      address: user?.mailAddress ?? null,
      pending: pending && { address: pending.address, expiresMs: pending.expiresMs },
      canMail: mail.isReady,
    };
  }

  /** Sends a link to `address`; it becomes the account's when the link is followed. */
  async wantAddress(
    user: UserRow,
    address: string,
    principal: Principal,
    origin: Origin,
  ): Promise<Result<void, Refusal>> {
    const { stores, audit, nowMs, mail } = this.#parts;
    if (!mail.isReady)
      return err(refuse('conflict', 'this server cannot send mail; its operator must name an SMTP server'));
    const known = await stores.mailTokens.pending(user.id, 'address', nowMs());
    if (known && nowMs() - known.createdMs < AGAIN_AFTER_MS) {
      const retryAfterSeconds = Math.ceil((known.createdMs + AGAIN_AFTER_MS - nowMs()) / 1_000);
      return err({ ...refuse('rate-limited', 'a link was sent a moment ago; look there first'), retryAfterSeconds });
    }
    const token = await this.#token(user.id, 'address', address);
    mail.post({ to: address, ...confirmLetter(user.username, `${this.#baseUrl}/confirm-mail#token=${token}`) });
    const deed = { action: 'mail-address.request', target: `user:${user.id}`, after: { address } };
    await audit.write(principal, origin, deed);
    return ok(undefined);
  }

  /** The address a link was sent to becomes that of its account. */
  async confirmAddress(token: string, origin: Origin): Promise<Result<void, Refusal>> {
    const { stores, throttle, nowMs } = this.#parts;
    const tooSoon = throttle.check('', origin.address);
    if (tooSoon) return err(tooSoon);
    const used = await stores.mailTokens.use(tokenHash(token), 'address', nowMs());
    const user = used && (await stores.users.find(used.userId));
    if (user?.disabledMs !== null) {
      throttle.failed('', origin.address);
      return err(BAD_TOKEN);
    }
    const actor = { userId: user.id, name: user.username, by: 'nobody' as const };
    await this.#setAddress(user, used?.address ?? null, actor, origin);
    return ok(undefined);
  }

  /** The account has no address any more, nor one that waits. */
  async removeAddress(user: UserRow, principal: Principal, origin: Origin): Promise<void> {
    await this.#parts.stores.mailTokens.end(user.id, 'address');
    await this.#setAddress(user, null, principal, origin);
  }

  async #setAddress(
    user: UserRow,
    address: string | null,
    actor: Pick<Principal, 'userId' | 'name' | 'by'>,
    origin: Origin,
  ): Promise<void> {
    const { stores, audit, nowMs, mail } = this.#parts;
    await stores.users.update(user.id, { mailAddress: address }, { nowMs: nowMs() });
    // Links to the address so far would still reach whoever reads its mail.
    await stores.mailTokens.end(user.id, 'password');
    if (user.mailAddress !== null && user.mailAddress !== address) {
      const where = { username: user.username, when: new Date(nowMs()), address: origin.address };
      mail.post({ to: user.mailAddress, ...noticeLetter('its mail goes to another address from now on', where) });
    }
    const change = { before: { address: user.mailAddress }, after: { address } };
    await audit.write(actor, origin, { action: 'mail-address.change', target: `user:${user.id}`, ...change });
  }

  async #sendReset(account: string, origin: Origin): Promise<void> {
    const { stores, nowMs, mail, audit } = this.#parts;
    for (const user of await this.#accountsOf(account)) {
      if (user.disabledMs !== null || user.passwordHash === null || user.mailAddress === null) continue;
      const known = await stores.mailTokens.pending(user.id, 'password', nowMs());
      if (known && nowMs() - known.createdMs < AGAIN_AFTER_MS) continue;
      const token = await this.#token(user.id, 'password', user.mailAddress);
      const link = `${this.#baseUrl}/reset-password#token=${token}`;
      mail.post({ to: user.mailAddress, ...resetLetter(user.username, link) });
      const actor = { userId: '', name: '', by: 'nobody' as const };
      await audit.write(actor, origin, { action: 'password.forgot', target: `user:${user.id}` });
    }
  }

  async #accountsOf(account: string): Promise<readonly UserRow[]> {
    const { users } = this.#parts.stores;
    const named = await users.findByUsername(account.trim().toLowerCase());
    return named ? [named] : (await users.findByMailAddress(account.trim())).slice(0, ACCOUNTS_MAX);
  }

  async #token(userId: string, purpose: 'password' | 'address', address: string): Promise<string> {
    const token = randomToken();
    const createdMs = this.#parts.nowMs();
    const row = { hash: tokenHash(token), userId, purpose, address, createdMs, expiresMs: createdMs + HOLDS_MS };
    await this.#parts.stores.mailTokens.put(row);
    return token;
  }
}

/** Where people reach this server; never taken from a request, whose `Host` is whoever's who sends it. */
const baseUrlOf = ({ publicUrl, host, port }: Config): string =>
  publicUrl ?? `http://${isLoopback(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
