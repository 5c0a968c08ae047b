import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { logOptions } from '../log.js';
import { becomeAdmin, invite, Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const Line = z.object({
  req: z.object({ id: z.string(), method: z.string(), path: z.string() }),
  res: z.object({ status: z.number() }),
  address: z.string(),
  user: z.string().optional(),
});

let text = '';
let server: TestServer;
let admin: Person;
beforeAll(async () => {
  const sink = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      text += piece.toString();
      done();
    },
  });
  server = await startTestServer([new ScriptedExchange()], { log: pino(logOptions('info'), sink) });
  admin = (await becomeAdmin(server)).admin;
});
afterAll(() => server.dispose());

/** What was logged of requests since the last look. */
function logged(): z.infer<typeof Line>[] {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => line.includes('"req"'));
  text = '';
  return lines.map((line) => Line.parse(JSON.parse(line)));
}

it('tells who came where they may not, from where, and by which request', async () => {
  const viewer = await invite(admin, 'vera', 'viewer');
  logged();
  const headers = { 'x-request-id': 'r-1' };
  await viewer.call('GET', '/users?password=of-nobody', undefined, headers);
  await new Person(server, 'wk_none').call('GET', '/jobs');
  await admin.call('GET', '/users');
  const lines = logged();
  expect(lines.map(({ res, req, user }) => [res.status, req.path, user])).toEqual([
    [403, '/api/v1/users', 'vera'],
    [401, '/api/v1/jobs', undefined],
  ]);
  expect(lines[0]?.req.id).toBe('r-1');
  expect(lines[0]?.address).toMatch(/127\.0\.0\.1$/);
});

it('keeps to one line whatever is asked', async () => {
  logged();
  await new Person(server).call('GET', `/jobs%0a{"level":60,"msg":"forged"}`);
  await new Person(server).call('GET', '/users%0d%0aforged');
  await new Person(server).call('GET', '/jobs', undefined, { 'x-request-id': 'x"},{"forged":"1' });
  const lines = logged();
  expect(lines.map(({ res }) => res.status)).toEqual([401]);
  expect(JSON.stringify(lines)).not.toContain('forged');
});
