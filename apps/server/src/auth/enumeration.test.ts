import type * as argon2 from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { becomeAdmin, invite, PASSWORD, Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

/** The hashes passwords were held against, in order: the real argon2 does the work, this only watches. */
const compared = vi.hoisted((): string[] => []);
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  const verify: typeof real.verify = (hash, ...rest) => {
    compared.push(String(hash));
    return real.verify(hash, ...rest);
  };
  return { ...real, verify };
});

const HOUR = 3_600_000;
let server: TestServer;
let nowMs = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  server = await startTestServer([new ScriptedExchange()], { nowMs: () => nowMs });
  const { admin } = await becomeAdmin(server);
  await invite(admin, 'known', 'viewer');
  const off = await invite(admin, 'disabled', 'viewer');
  await admin.call('PATCH', `/users/${off.user.id}`, { isDisabled: true }, { 'if-match': '*' });
});
afterAll(() => server.dispose());
beforeEach(() => {
  compared.length = 0;
});

const attempt = (username: string, password: string): Promise<Response> => {
  // Far enough from the one before that nobody has to wait.
  nowMs += 2 * HOUR;
  return new Person(server).call('POST', '/auth/login', { username, password, transport: 'token' });
};
/** Who is refused: an account by its password, and those that no password opens. */
const REFUSED = [
  ['a wrong password', 'known', 'wrong-password'],
  ['an unknown name', 'nobody', 'wrong-password'],
  ['a name nobody can have', '../etc/passwd', 'wrong-password'],
  ['a disabled account', 'disabled', PASSWORD],
] as const;
const [WRONG, ...OTHERS] = REFUSED;

/** What a hash costs: everything of its text before salt and digest. */
const costOf = (hash: string): string => hash.split('$').slice(0, 4).join('$');

describe('whether an account exists is not told', () => {
  it.each(REFUSED)('by the work done: %s is one hash of the same cost', async (_, username, password) => {
    await attempt(...(['known', PASSWORD] as const));
    expect((await attempt(username, password)).status).toBe(401);
    expect(compared.length).toBe(2);
    expect(costOf(compared[1] ?? '')).toBe(costOf(compared[0] ?? ''));
    expect(costOf(compared[0] ?? '')).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d,p=1$/);
  });

  it.each(OTHERS)('by the answer: %s is refused like a wrong password', async (_, username, password) => {
    const said = async (answer: Response) => {
      const names = [...answer.headers.keys()].filter((name) => name !== 'date');
      const { requestId: __, ...problem } = (await answer.json()) as Record<string, unknown>;
      return { status: answer.status, names, problem };
    };
    const [, known, wrong] = WRONG;
    expect(await said(await attempt(username, password))).toEqual(await said(await attempt(known, wrong)));
  });

  it.each(OTHERS)(
    'by the time it takes the machine: %s costs at least half of a wrong password',
    async (...refused) => {
      const costs = { other: [] as number[], wrong: [] as number[] };
      // The processor's time, not the clock's, in turn, and the middle of many: a busy machine changes nothing.
      const cost = async ([, username, password]: readonly [string, string, string]): Promise<number> => {
        const before = process.cpuUsage();
        await (await attempt(username, password)).text();
        const { user, system } = process.cpuUsage(before);
        return user + system;
      };
      for (let round = 0; round < 11; round++) {
        costs.wrong.push(await cost(WRONG));
        costs.other.push(await cost(refused));
      }
      const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[5] ?? NaN;
      expect(middle(costs.other) / middle(costs.wrong)).toBeGreaterThan(0.5);
      expect(middle(costs.other) / middle(costs.wrong)).toBeLessThan(2);
    },
  );
});
