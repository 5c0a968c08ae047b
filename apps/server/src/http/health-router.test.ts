import { join } from 'node:path';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { expect, it } from 'vitest';
import { becomeAdmin, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer } from '../testing/test-server.js';

it('health is told also when nobody can be known, as the database fails', async () => {
  const server = await startTestServer([new ScriptedExchange()]);
  const { admin } = await becomeAdmin(server);
  const { token = '' } = await withKey(admin, ['market-data:read']);
  const database = rawClient(`file:${join(server.dataDir, 'wickworks.db')}`);
  try {
    // Nobody's key, which has to be looked up.
    const unknown = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
    const statusOf = async (path: string): Promise<number> =>
      (await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${unknown}` } })).status;
    await database.execute('ALTER TABLE api_keys RENAME TO api_keys_away');
    expect(await statusOf('/api/v1/auth/me')).toBe(500); // not 401: it may be somebody's
    for (const path of ['/api/health', '/api/health/live', '/api/health/ready']) expect(await statusOf(path)).toBe(200);
  } finally {
    database.close();
    await server.dispose();
  }
});
