import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { Problem } from '@wickworks/contracts';
import { openDatabase } from '@wickworks/db';
import { becomeAdmin } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer } from '../testing/test-server.js';

/** The address of a server that is gone. */
async function goneUrl(): Promise<string> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return `http://127.0.0.1:${port}`;
}

it('asks to try again while the database cannot be reached, and says when', async () => {
  const away = await openDatabase({ url: await goneUrl() });
  const server = await startTestServer([new ScriptedExchange()], { wrapStore: () => away.candles });
  try {
    const { admin } = await becomeAdmin(server);
    const answer = await admin.call('GET', '/datasets');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = Problem.parse(await answer.json());
    expect(problem).toMatchObject({ code: 'unavailable', retryable: true });
    expect(problem.detail).not.toContain('127.0.0.1');
  } finally {
    await server.dispose();
    await away.close();
  }
});
