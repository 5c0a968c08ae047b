import { ApiKeyCreated, MeView, SignedIn, UserView } from '@wickworks/contracts';
import { SCOPES } from '@wickworks/core';
import { becomeAdmin, invite, PASSWORD, Person } from '../people.js';
import type { TestServer } from '../test-server.js';
import type { Caller } from './request-arbitrary.js';

/** Password of the caller who may lose it: requests know it, and so change it or add second factors. */
export const VISITOR_PASSWORD = 'quiet-lantern-orbit-maple';
const ACCOUNTS: Readonly<Partial<Record<Caller, { username: string; password: string }>>> = {
  admin: { username: 'root', password: PASSWORD },
  trader: { username: 'trader', password: PASSWORD },
  viewer: { username: 'viewer', password: PASSWORD },
  visitor: { username: 'visitor', password: VISITOR_PASSWORD },
};
/** Signing in again is not what is tried: it comes from elsewhere than the requests do. */
const FROM = { 'x-forwarded-for': '192.0.2.1' };

/** Those who ask, signed in, and signed in again whenever a request of theirs has ended their session. */
export class FuzzCallers {
  readonly #server: TestServer;
  readonly #passTime: (ms: number) => void;
  readonly #tokens: Map<Caller, string>;
  readonly #renewals = new Map<Caller, Promise<void>>();
  readonly #visitorId: string;
  /** Those whose password or second factor is not what it was. */
  readonly #lockedOut = new Set<Caller>();
  /** Ids of their accounts and key. */
  readonly ids: ReadonlySet<string>;

  private constructor(
    server: TestServer,
    passTime: (ms: number) => void,
    { tokens, ids, visitorId }: { tokens: Map<Caller, string>; ids: ReadonlySet<string>; visitorId: string },
  ) {
    this.#server = server;
    this.#passTime = passTime;
    this.#tokens = tokens;
    this.ids = ids;
    this.#visitorId = visitorId;
  }

  /** Makes an admin, a trader, two viewers and a key with every scope. */
  static async signIn(server: TestServer, passTime: (ms: number) => void): Promise<FuzzCallers> {
    const { admin, signedIn } = await becomeAdmin(server);
    const trader = await invite(admin, 'trader', 'trader');
    const viewer = await invite(admin, 'viewer', 'viewer');
    const visitor = await admin.call('POST', '/users', { ...ACCOUNTS.visitor, role: 'viewer' });
    const { id: visitorId } = UserView.parse(await visitor.json());
    const made = await admin.call('POST', '/auth/api-keys', { name: 'all', scopes: SCOPES });
    const key = ApiKeyCreated.parse(await made.json());
    const tokens = new Map<Caller, string>([
      ['admin', admin.token ?? ''],
      ['trader', trader.token ?? ''],
      ['viewer', viewer.token ?? ''],
      ['key', key.key],
      ['forger', 'wk_forged'],
    ]);
    const ids = new Set([key.id, visitorId, ...[signedIn, trader, viewer].map(({ user }) => user.id)]);
    return new FuzzCallers(server, passTime, { tokens, ids, visitorId });
  }

  headersOf(caller: Caller): Record<string, string> {
    const token = this.#tokens.get(caller);
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  /** Signs `caller` in again unless the session still holds. */
  renew(caller: Caller): Promise<void> {
    const account = ACCOUNTS[caller];
    if (account === undefined || this.#lockedOut.has(caller)) return Promise.resolve();
    const running = this.#renewals.get(caller) ?? this.#renew(caller, account);
    this.#renewals.set(caller, running);
    return running.finally(() => this.#renewals.delete(caller));
  }

  /** Lets the visitor in again, whose password requests have changed or who got a second factor. */
  async readmit(): Promise<void> {
    if (!this.#lockedOut.delete('visitor')) return;
    await this.renew('admin');
    const body = { password: VISITOR_PASSWORD };
    const headers = { ...this.headersOf('admin'), ...FROM };
    const path = `/users/${this.#visitorId}/password`;
    const answer = await new Person(this.#server).call('POST', path, body, headers);
    if (!answer.ok) throw new Error(`the visitor got no new password: ${await answer.text()}`);
    await this.renew('visitor');
  }

  async #renew(caller: Caller, account: { username: string; password: string }): Promise<void> {
    const headers = { ...this.headersOf(caller), ...FROM };
    const me = await new Person(this.#server).call('GET', '/auth/me', undefined, headers);
    if (me.ok && MeView.parse(await me.json()).by === 'session') return;
    const body = { ...account, transport: 'token' };
    const answer = await new Person(this.#server).call('POST', '/auth/login', body, FROM);
    if (answer.status === 429) {
      // Requests have tried passwords in this account's name.
      this.#passTime(Number(answer.headers.get('retry-after')) * 1_000);
      await answer.body?.cancel();
      return this.#renew(caller, account);
    }
    if (answer.ok) this.#tokens.set(caller, SignedIn.parse(await answer.json()).accessToken ?? '');
    else if (caller === 'visitor') this.#lockedOut.add(caller);
    else throw new Error(`${caller} cannot sign in again: ${await answer.text()}`);
  }
}
