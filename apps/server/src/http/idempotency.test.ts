import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobAccepted, Problem } from '@wickworks/contracts';
import { becomeAdmin, invite, type Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const DAY = 24 * 60 * 60_000;
let nowMs = Date.UTC(2026, 0, 1, 12);
let server: TestServer;
let admin: Person;
let other: Person;

beforeAll(async () => {
  const exchange = ScriptedExchange.withMinutes(nowMs, 100);
  server = await startTestServer([exchange], { nowMs: () => nowMs });
  ({ admin } = await becomeAdmin(server));
  other = await invite(admin, 'other', 'trader');
});
afterAll(() => server.dispose());

const body = (fromMs: number) => ({ exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', fromMs });
const backfill = (person: Person, key: string, fromMs = nowMs - 50 * 60_000) =>
  person.call('POST', '/datasets/backfill', body(fromMs), { 'idempotency-key': key });
const jobOf = async (answer: Response): Promise<string> => JobAccepted.parse(await answer.json()).job.id;

it('does the same write once, whoever repeats it', async () => {
  const first = await backfill(admin, 'k1');
  const again = await backfill(admin, 'k1');
  expect([first.status, again.status]).toEqual([202, 202]);
  expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
    null,
    'true',
  ]);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  const id = await jobOf(first);
  expect(await jobOf(again)).toBe(id);
  expect(await jobOf(await backfill(admin, 'k2'))).not.toBe(id);
  expect(await jobOf(await backfill(other, 'k1'))).not.toBe(id);
});

it('does it once when both come at the same time', async () => {
  const both = await Promise.all([backfill(admin, 'k3'), backfill(admin, 'k3')]);
  const done = both.filter((answer) => answer.status === 202);
  const ids = await Promise.all(done.map(jobOf));
  expect(new Set(ids).size).toBe(1);
  for (const late of both.filter((answer) => answer.status !== 202))
    expect(Problem.parse(await late.json()).code).toBe('conflict');
});

it('refuses a key for something else, and keys that are none', async () => {
  const fromMs = nowMs - 20 * 60_000;
  expect(await admin.refusal('POST', '/datasets/backfill', body(fromMs), { 'idempotency-key': 'k1' })).toBe('conflict');
  const long = { 'idempotency-key': 'x'.repeat(129) };
  expect(await admin.refusal('POST', '/datasets/backfill', body(fromMs), long)).toBe('invalid-field');
});

it('a refused write may be tried again under its key', async () => {
  const wrong = { ...body(0), exchange: 'nowhere' };
  const key = { 'idempotency-key': 'k4' };
  expect(await admin.refusal('POST', '/datasets/backfill', wrong, key)).toBe('unknown-exchange');
  expect((await backfill(admin, 'k4')).status).toBe(202);
});

it('forgets after a day', async () => {
  const id = await jobOf(await backfill(other, 'k5'));
  nowMs += DAY + 1;
  const again = await other.call('POST', '/auth/login', {
    username: 'other',
    password: 'tidal-oboe-ferment-quill',
    transport: 'token',
  });
  const { accessToken } = (await again.json()) as { accessToken: string };
  const headers = { 'idempotency-key': 'k5', authorization: `Bearer ${accessToken}` };
  const answer = await other.call('POST', '/datasets/backfill', body(nowMs - DAY - 50 * 60_000 - 1), headers);
  expect(await jobOf(answer)).not.toBe(id);
});
