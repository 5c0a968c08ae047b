import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createWickClient } from '../create-wick-client.js';
import { describeFailure } from '../failure.js';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** A real HTTP server that answers every request alike, and a client of it. */
async function answering(answer: (response: ServerResponse) => void, requestTimeoutMs = 30_000) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ request, body });
      answer(response);
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const baseUrl = `http://127.0.0.1:${address.port}/api/v1`;
  return { seen, server, client: createWickClient({ baseUrl, token: 'wk_1', requestTimeoutMs }) };
}

const json =
  (status: number, body: unknown) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const job = { id: 'j', kind: 'backfill', state: 'queued', progressRatio: 0, detail: '', createdMs: 1, updatedMs: 1 };
const problem = {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  detail: 'there is no exchange "x"',
  code: 'unknown-exchange',
  retryable: false,
  requestId: 'r',
};

describe('the REST client', () => {
  it('asks with path, query and token, and gives the parsed answer', async () => {
    const market = {
      symbol: 'BTC/USDT',
      base: 'BTC',
      quote: 'USDT',
      active: true,
      priceTick: '0.01',
      quantityStep: null,
      notionalMin: null,
    };
    const { client, seen } = await answering(json(200, { items: [market], nextCursor: 'c' }));
    const answer = await client.rest.markets('local', { q: 'BTC/U', limit: 5 });
    expect(answer).toEqual({ ok: true, value: { items: [market], nextCursor: 'c' } });
    expect(seen[0]!.request.url).toBe('/api/v1/exchanges/local/markets?q=BTC%2FU&limit=5');
    expect(seen[0]!.request.headers.authorization).toBe('Bearer wk_1');
  });

  it('posts a body and deletes without one', async () => {
    const { client, seen } = await answering(json(202, { job }));
    const request = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m', fromMs: 0 } as const;
    expect(await client.rest.backfill(request)).toEqual({ ok: true, value: { job } });
    expect(await client.rest.cancelJob('a/b')).toEqual({ ok: true, value: null });
    expect(seen.map(({ request: { method, url }, body }) => [method, url, body])).toEqual([
      ['POST', '/api/v1/datasets/backfill', JSON.stringify(request)],
      ['DELETE', '/api/v1/jobs/a%2Fb', ''],
    ]);
  });

  it('gives the problem of a refusal', async () => {
    const { client } = await answering(json(404, problem));
    const answer = await client.rest.markets('x');
    expect(answer).toEqual({ ok: false, error: { kind: 'problem', problem, retryable: false } });
    expect(!answer.ok && describeFailure(answer.error)).toBe(problem.detail);
  });

  it('reads the health of a failing server', async () => {
    const health = { state: 'failed', version: '1', uptimeMs: 1, parts: {} };
    const { client } = await answering(json(503, health));
    expect(await client.rest.health()).toEqual({ ok: true, value: health });
  });

  it.each([
    ['an answer that breaks the contract', 200, { items: [{ id: 'local' }], nextCursor: null }, 'unexpected-reply'],
    ['a gateway that fails', 502, 'Bad gateway', 'transport'],
    ['a refusal without a problem', 403, {}, 'unexpected-reply'],
  ])('never passes on %s', async (_what, status, body, kind) => {
    const { client } = await answering(json(status, body));
    expect(await client.rest.exchanges()).toMatchObject({ ok: false, error: { kind } });
  });

  it('gives up waiting, on its own and when told to', async () => {
    const { client } = await answering(() => undefined, 50);
    expect(await client.rest.exchanges()).toMatchObject({ ok: false, error: { kind: 'transport', retryable: true } });
    const aborted = await client.rest.exchanges(AbortSignal.abort());
    expect(aborted).toMatchObject({ ok: false, error: { kind: 'transport' } });
  });

  it('reports a server that is gone', async () => {
    const { client, server } = await answering(json(200, {}));
    await new Promise((resolve) => server.close(resolve));
    expect(await client.rest.exchanges()).toMatchObject({ ok: false, error: { kind: 'transport' } });
  });
});
