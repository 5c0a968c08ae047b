import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role, Scope } from '@wickworks/core';
import { ApiKeyCreated, InvitationCreated, Problem, SignedIn, type UserView } from '@wickworks/contracts';
import type { TestServer } from './test-server.js';

export const PASSWORD = 'tidal-oboe-ferment-quill';

/** Somebody at work with a server: a script with a token, or nobody. */
export class Person {
  readonly server: Pick<TestServer, 'url'>;
  readonly token: string | undefined;

  constructor(server: Pick<TestServer, 'url'>, token?: string) {
    this.server = server;
    this.token = token;
  }

  /** One request; `path` without `/api/v1`. */
  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The code a request is refused with. */
  async refusal(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<string> {
    const answer = await this.call(method, path, body, headers);
    return answer.ok ? `${answer.status} is no refusal` : Problem.parse(await answer.json()).code;
  }
}

/** Creates the first account and signs it in. */
export async function becomeAdmin(server: TestServer): Promise<{ admin: Person; signedIn: SignedIn }> {
  await server.assembled;
  const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
  const body = { token, username: 'root', password: PASSWORD, transport: 'token' };
  const answer = await new Person(server).call('POST', '/auth/register', body);
  const signedIn = SignedIn.parse(await answer.json());
  return { admin: new Person(server, signedIn.accessToken ?? undefined), signedIn };
}

/** Lets somebody in by invitation. */
export async function invite(
  admin: Person,
  username: string,
  role: Role,
): Promise<Person & { user: UserView; signedIn: SignedIn }> {
  const invited = await admin.call('POST', '/invitations', { role });
  const { token } = InvitationCreated.parse(await invited.json());
  const body = { token, username, password: PASSWORD, transport: 'token' };
  const answer = await new Person(admin.server).call('POST', '/auth/register', body);
  const signedIn = SignedIn.parse(await answer.json());
  const person = new Person(admin.server, signedIn.accessToken ?? undefined);
  return Object.assign(person, { user: signedIn.user, signedIn });
}

/** A script with a key of `owner`'s. */
export async function withKey(
  owner: Person,
  scopes: readonly Scope[],
  networks: readonly string[] = [],
): Promise<Person & { id: string }> {
  const answer = await owner.call('POST', '/auth/api-keys', { name: 'test', scopes, networks });
  const { key, id } = ApiKeyCreated.parse(await answer.json());
  return Object.assign(new Person(owner.server, key), { id });
}
