import { once } from 'node:events';
import { join } from 'node:path';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { failingStore } from '../testing/failing-store.js';
import { becomeAdmin, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer } from '../testing/test-server.js';

const Message = z.looseObject({ kind: z.string(), problem: z.looseObject({ code: z.string() }).optional() });

it.each(['/ws/ohlcv', '/ws/events'])(
  '%s outlives a database that fails while it is asked who somebody is',
  async (path) => {
    const server = await startTestServer([new ScriptedExchange()]);
    const { admin } = await becomeAdmin(server);
    const { token } = await withKey(admin, ['market-data:read']);
    const database = rawClient(`file:${join(server.dataDir, 'wickworks.db')}`);
    const unheard: unknown[] = [];
    const note = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', note);

    const ws = new WebSocket(server.socketUrl.replace('/ws/ohlcv', path));
    const seen: string[] = [];
    ws.on('message', (data: Buffer) => {
      const { kind, problem } = Message.parse(JSON.parse(data.toString('utf8')));
      seen.push(problem?.code ?? kind);
    });
    await once(ws, 'open');
    await database.execute('ALTER TABLE api_keys RENAME TO api_keys_away');
    for (let times = 0; times < 3; times++) ws.send(JSON.stringify({ op: 'auth', token }));
    ws.send(JSON.stringify({ op: 'ping', id: 'p' }));
    await expect.poll(() => seen.filter((kind) => kind === 'internal').length).toBe(3);
    await database.execute('ALTER TABLE api_keys_away RENAME TO api_keys');
    ws.send(JSON.stringify({ op: 'auth', token }));
    await expect.poll(() => seen).toContain('signed-in');
    expect(seen).toContain('pong');

    process.off('unhandledRejection', note);
    expect(unheard).toEqual([]);
    ws.close();
    database.close();
    await server.dispose();
  },
);

it('a resume that the store fails costs neither the place in the stream nor a hold on the series', async () => {
  const nowMs = Date.UTC(2026, 0, 1, 12);
  const exchange = ScriptedExchange.withMinutes(nowMs, 50);
  let isFailing = false;
  const server = await startTestServer([exchange], {
    wrapStore: (store) => failingStore(store, 'corrections', () => isFailing),
    env: { WICK_PUBLIC_MARKET_DATA: '1' },
  });
  const first = await TestClient.open(server.socketUrl);
  const { subscribed, snapshot } = await first.subscribe({ limit: 5 });
  first.close();
  await first.untilClosed();
  isFailing = true;
  const second = await TestClient.open(server.socketUrl);
  const resume = { op: 'resume', resumeToken: subscribed.resumeToken, seq: snapshot.seq } as const;
  second.send({ ...resume, id: 'fails' });
  expect((await second.next('error')).problem.code).toBe('internal');
  isFailing = false;
  second.send({ ...resume, id: 'works' });
  expect(await second.next('subscribed', ({ id }) => id === 'works')).toMatchObject({ resumed: true });
  second.close();
  await server.dispose();
});
