import { once } from 'node:events';
import { join } from 'node:path';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { becomeAdmin, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
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
