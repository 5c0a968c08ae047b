import { join } from 'node:path';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ok } from '@wickworks/core';
import * as z from 'zod';
import { BacktestResult, JobView, StrategyView, type BacktestView } from '@wickworks/contracts';
import { Feed } from '../feed/feed.js';
import { ask, backtestEnd, jobEnd, type Sent } from '../testing/ask.js';
import { JUMP as document } from '../testing/jump.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
let server: TestServer;
let exchange: ScriptedExchange;

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(NOW, 3_000);
  server = await startTestServer([exchange]);
  await server.assembled;
});
afterAll(() => server.dispose());

const call = (...sent: Sent) => ask(server, ...sent);

const request = { strategy: { document }, markets: [{ exchange: 'scripted', symbol: 'BTC/USDT' }] };

const finished = (id: string): Promise<BacktestView> => backtestEnd(server, id);
const start = async (body: unknown): Promise<string> => {
  const started = await call('POST', '/backtests', body);
  expect(started.status).toBe(202);
  const { job } = z.object({ job: JobView }).parse(started.json);
  expect(started.headers.get('location')).toBe(`/api/v1/backtests/${job.id}`);
  return job.id;
};
const issuePaths = (json: unknown): string[] =>
  z
    .object({ issues: z.array(z.object({ path: z.string() })) })
    .parse(json)
    .issues.map(({ path }) => path);

describe('backtests over REST', () => {
  it('run as jobs in a thread, fetch what is missing and keep a result that names its data', async () => {
    const id = await start(request);
    const view = await finished(id);
    expect(view).toMatchObject({ state: 'done', progressRatio: 1, title: 'Jump, BTC/USDT', candles: 3_000 });
    expect(view.proof?.passed).toBe(true);
    expect(view.metrics?.['roundTrips']).toBeGreaterThan(10);

    const whole = BacktestResult.parse((await call('GET', `/backtests/${id}/result`)).json);
    expect(whole.resultHash).toBe(view.resultHash);
    const trades = (await call('GET', `/backtests/${id}/trades?limit=3`)).json as {
      items: unknown[];
      nextCursor: string;
    };
    expect(trades.items).toEqual(whole.trades.slice(0, 3));
    const more = await call('GET', `/backtests/${id}/trades?limit=3&cursor=${trades.nextCursor}`);
    expect((more.json as { items: unknown[] }).items).toEqual(whole.trades.slice(3, 6));
    const orders = (await call('GET', `/backtests/${id}/orders?limit=1000`)).json as { items: unknown[] };
    expect(orders.items).toEqual(whole.orders.slice(0, 1_000));
    const equity = (await call('GET', `/backtests/${id}/equity?points=50`)).json as {
      items: [number, number, number][];
    };
    expect(equity.items.length).toBeLessThanOrEqual(50);
    const lowest = Math.min(...whole.equity.map(([, value]) => value));
    expect(Math.min(...equity.items.map(([, value]) => value))).toBe(lowest);

    const again = await finished(await start(request));
    expect(again.resultHash).toBe(view.resultHash);
    const other = await finished(await start({ ...request, params: { span: 9 } }));
    expect(other.resultHash).not.toBe(view.resultHash);

    const [market] = request.markets;
    const cheap = await finished(await start({ ...request, markets: [{ ...market, takerFeeBps: 1 }] }));
    expect(cheap.setup?.markets).toMatchObject([{ takerFeeBps: 1 }]);
    expect(cheap.metrics?.['fees']).toBeLessThan(view.metrics!['fees']! / 5);

    const funded = await finished(await start({ ...request, markets: [{ ...market, funding: 0.001 }] }));
    expect(funded.metrics?.['carry']).toBeGreaterThan(0);
    const funding = [[view.setup!.fromMs + 8 * 3_600_000, 0.001]];
    const listed = await finished(await start({ ...request, markets: [{ ...market, funding }] }));
    expect(listed.setup?.markets).toMatchObject([{ funding }]);
    expect(listed.dataHash).not.toBe(view.dataHash);

    expect((await call('DELETE', `/backtests/${id}`)).status).toBe(204);
    expect((await call('GET', `/backtests/${id}`)).status).toBe(404);
  });

  it.each([
    [{ ...request, strategy: { example: 'nonsense' } }, 404, null],
    [{ ...request, strategy: { id: 'nonsense' } }, 404, null],
    [{ ...request, strategy: { document: { ...document, schema: 2 } } }, 400, 'strategy.document.schema'],
    [
      { ...request, strategy: { document: { ...document, indicators: { mean: { id: 'smaa' } } } } },
      400,
      'strategy.document.indicators.mean.id',
    ],
    [{ ...request, params: { span: 1 } }, 400, 'params.span'],
    [{ ...request, params: { other: 1 } }, 400, 'params.other'],
    [{ ...request, fromMs: NOW, toMs: NOW - 1 }, 400, 'toMs'],
    [{ ...request, markets: [] }, 400, 'markets'],
    [{ ...request, markets: [{ exchange: 'scripted', symbol: 'X/Y' }] }, 404, null],
    [{ ...request, markets: [{ exchange: 'nowhere', symbol: 'BTC/USDT' }] }, 404, null],
    [{ ...request, config: { cash: 'much' } }, 400, 'config.cash'],
    [{ ...request, config: { cash: '0' } }, 400, 'config.cash'],
    [{ ...request, config: { feeBps: 5 } }, 400, 'config.feeBps'],
    [{ ...request, markets: [{ ...request.markets[0], makerFeeBps: -1 }] }, 400, 'markets.0.makerFeeBps'],
    [{ ...request, markets: [{ ...request.markets[0], funding: 1 }] }, 400, 'markets.0.funding'],
    [
      {
        ...request,
        markets: [
          {
            ...request.markets[0],
            funding: [
              [2, 0],
              [1, 0],
            ],
          },
        ],
      },
      400,
      'markets.0.funding',
    ],
    [{ ...request, config: { leverage: 50 } }, 400, 'config.maintenanceRatio'],
    [{ ...request, detailTimeframe: '1h' }, 400, 'detailTimeframe'],
    [{ ...request, detailTimeframe: '1m' }, 400, 'detailTimeframe'],
    [{ ...request, markets: [...request.markets, { exchange: 'scripted', symbol: 'BTC/EUR' }] }, 400, 'markets'],
    [{ ...request, strategy: { document: { ...document, trade: ['X/USDT'] } } }, 400, 'strategy.document.trade.0'],
    [
      { ...request, strategy: { document: { ...document, indicators: { mean: { id: 'sma', symbol: 'X/USDT' } } } } },
      400,
      'strategy.document.indicators.mean.symbol',
    ],
    [{ ...request, strategy: { document: { ...document, stoploss: 1 } } }, 400, 'strategy.document.stoploss'],
  ])('refuse bad input by the name of its field: %#', async (body, status, path) => {
    const answer = await call('POST', '/backtests', body);
    expect(answer.status).toBe(status);
    if (path !== null) expect(issuePaths(answer.json)).toContain(path);
  });

  it('name the field of a market nobody has', async () => {
    const second = async (market: object): Promise<readonly unknown[]> => {
      const { status, json } = await call('POST', '/backtests', {
        ...request,
        markets: [...request.markets, { exchange: 'scripted', symbol: 'ETH/USDT', ...market }],
      });
      return [status, issuePaths(json)];
    };
    expect(await second({ exchange: 'nobody' })).toEqual([404, ['markets.1.exchange']]);
    expect(await second({ symbol: 'NOPE/USDT' })).toEqual([404, ['markets.1.symbol']]);
  });

  it('fail with a reason when there are no candles', async () => {
    const view = await finished(
      await start({ ...request, fromMs: NOW - 90 * 86_400_000, toMs: NOW - 80 * 86_400_000 }),
    );
    expect(view).toMatchObject({ state: 'failed', metrics: null });
    expect(view.detail).toContain('no candles');
    expect((await call('GET', `/backtests/${view.id}/result`)).status).toBe(409);
  });

  it('stop when cancelled', async () => {
    const id = await start(request);
    await call('DELETE', `/jobs/${id}`);
    expect((await finished(id)).state).toBe('cancelled');
  });
});

describe('strategies over REST', () => {
  it('are saved in versions that nobody overwrites unseen', async () => {
    const created = await call('POST', '/strategies', { document });
    expect(created.status).toBe(201);
    const { id } = StrategyView.parse(created.json);
    expect(created.headers.get('location')).toBe(`/api/v1/strategies/${id}`);
    expect(created.headers.get('etag')).toBe('"v1"');
    const next = { document: { ...document, name: 'Jump higher' } };
    expect((await call('PUT', `/strategies/${id}`, next)).status).toBe(428);
    expect((await call('PUT', `/strategies/${id}`, next, { 'if-match': '"v7"' })).status).toBe(412);
    const saved = await call('PUT', `/strategies/${id}`, next, { 'if-match': '"v1"' });
    expect(saved.json).toMatchObject({ version: 2, name: 'Jump higher' });
    expect((await call('PUT', `/strategies/${id}`, next, { 'if-match': '"v1"' })).status).toBe(412);
    const versions = (await call('GET', `/strategies/${id}/versions`)).json as { items: { version: number }[] };
    expect(versions.items.map(({ version }) => version)).toEqual([2, 1]);
    const first = await finished(await start({ ...request, strategy: { id, version: 1 } }));
    expect(first).toMatchObject({ state: 'done', title: 'Jump, BTC/USDT' });
    expect((await call('DELETE', `/strategies/${id}`, undefined, { 'if-match': '"v2"' })).status).toBe(204);
    expect((await call('GET', `/strategies/${id}`)).status).toBe(404);
  });

  it('say what is wrong with them', async () => {
    const bad = { ...document, entry: { long: { when: 'nothing' } } };
    const refused = await call('POST', '/strategies', { document: bad });
    expect(refused.status).toBe(400);
    expect(issuePaths(refused.json)).toEqual(['document.entry.long.when']);
    const checked = (await call('POST', '/strategies/validate', { document: { name: 5 } })).json as { valid: boolean };
    expect(checked.valid).toBe(false);
    expect((await call('POST', '/strategies/validate', { document })).json).toEqual({ valid: true, issues: [] });

    const { id } = StrategyView.parse((await call('POST', '/strategies', { document })).json);
    const own = `/strategies/${id}/validate`;
    for (const body of [undefined, {}, { document }])
      expect((await call('POST', own, body)).json).toEqual({ valid: true, issues: [] });
    expect((await call('POST', own, { document: bad })).json).toMatchObject({
      valid: false,
      issues: [{ path: 'entry.long.when' }],
    });
    expect(issuePaths((await call('POST', own, { documnet: bad })).json)).toEqual(['documnet']);
    const markets = ['BTC/USDT', 'NO/USDT'].map((symbol) => ({ exchange: 'scripted', symbol }));
    expect(issuePaths((await call('POST', `/strategies/${id}/start`, { markets })).json)).toEqual(['markets.1.symbol']);
    const elsewhere = [{ exchange: 'nowhere', symbol: 'BTC/USDT' }];
    expect(issuePaths((await call('POST', `/strategies/${id}/start`, { markets: elsewhere })).json)).toEqual([
      'markets.0.exchange',
    ]);
    await call('DELETE', `/strategies/${id}`, undefined, { 'if-match': '"v1"' });
  });

  it('have a schema and come with examples', async () => {
    const schema = (await call('GET', '/schemas/strategy.json')).json as { $schema: string };
    expect(schema.$schema).toContain('2020-12');
    const { items } = (await call('GET', '/strategies/examples')).json as { items: { id: string }[] };
    expect(items.length).toBeGreaterThanOrEqual(12);
  });

  it('tell their signals once, stored before they are told, and go on after a stop', async () => {
    const { id } = StrategyView.parse((await call('POST', '/strategies', { document })).json);
    const markets = [{ exchange: 'scripted', symbol: 'BTC/USDT' }];
    const running = await call('POST', `/strategies/${id}/start`, { markets });
    expect(running.json).toMatchObject({ running: markets, fault: null });
    const signals = async () => ((await call('GET', `/strategies/${id}/signals`)).json as { items: unknown[] }).items;
    expect(await signals()).toEqual([]);
    const client = await TestClient.open(server.socketUrl);
    client.send({
      op: 'subscribe',
      id: 'x',
      exchange: 'scripted',
      symbol: 'BTC/USDT',
      timeframe: '1m',
      strategies: ['no'],
    });
    expect((await client.next('error')).problem).toMatchObject({ code: 'unknown-strategy' });
    await client.subscribe({ strategies: [id] });
    for (const [index, close] of [100, 100, 100, 100, 100, 130, 131, 90].entries()) {
      exchange.tellClosed([NOW + index * 60_000, 100, 140, 80, close, 1]);
    }
    // The position of the past may end first; that is a signal too.
    await expect
      .poll(async () => (await signals()).slice(0, 2), { timeout: 10_000 })
      .toMatchObject([
        { action: 'exit-long', openTimeMs: NOW + 7 * 60_000, price: 90, reason: 'exit: down' },
        { action: 'enter-long', openTimeMs: NOW + 5 * 60_000, price: 130, reason: 'up' },
      ]);
    await client.until(() => client.all('signal').length >= 2);
    expect(client.all('signal').slice(-2)).toMatchObject([
      { strategyId: id, action: 'enter-long', openTimeMs: NOW + 5 * 60_000, price: 130, reason: 'up' },
      { strategyId: id, action: 'exit-long', openTimeMs: NOW + 7 * 60_000, price: 90, reason: 'exit: down' },
    ]);
    const streamed = client.messages.filter((message) => 'seq' in message).map(({ seq }) => seq);
    expect(streamed).toEqual(streamed.map((_, index) => index));
    client.close();
    expect((await call('POST', `/strategies/${id}/stop`)).json).toMatchObject({ running: [] });
    const unknown = await call('POST', `/strategies/${id}/start`, {
      markets: [{ exchange: 'scripted', symbol: 'X/Y' }],
    });
    expect(unknown.status).toBe(404);
  });

  it('go on as they ran when a further start is refused', async () => {
    const { id } = StrategyView.parse((await call('POST', '/strategies', { document })).json);
    const markets = [{ exchange: 'scripted', symbol: 'BTC/USDT' }];
    await call('POST', `/strategies/${id}/start`, { markets });
    for (const [body, status] of [
      [{ markets: [...markets, { exchange: 'scripted', symbol: 'X/Y' }] }, 404],
      [{ markets: [{ exchange: 'nowhere', symbol: 'BTC/USDT' }] }, 404],
      [{ markets, params: { span: 1 } }, 400],
    ] as const) {
      expect((await call('POST', `/strategies/${id}/start`, body)).status).toBe(status);
      expect((await call('GET', `/strategies/${id}`)).json).toMatchObject({ running: markets, fault: null });
    }
    const beganMs = exchange.rowsOf('BTC/USDT', '1m').at(-1)![0] + 60_000;
    for (const [index, close] of [100, 100, 100, 100, 100, 130].entries())
      exchange.tellClosed([beganMs + index * 60_000, 100, 140, 80, close, 1]);
    await expect
      .poll(async () => (await call('GET', `/strategies/${id}/signals`)).json, { timeout: 10_000 })
      .toMatchObject({ items: [{ strategyId: id, action: 'enter-long' }] });
    // A start that is accepted does replace it.
    const again = await call('POST', `/strategies/${id}/start`, { markets, params: { span: 9 } });
    expect(again.json).toMatchObject({ running: markets, fault: null });
    await call('POST', `/strategies/${id}/stop`);
  });

  it('cannot be followed where one does not trade this market: said at once, by field', async () => {
    const created = await call('POST', '/strategies', { document: { ...document, trade: ['ETH/USDT'] } });
    const { id } = StrategyView.parse(created.json);
    const started = await call('POST', `/strategies/${id}/start`, { markets: request.markets });
    expect(started).toMatchObject({ status: 400, json: { issues: [{ path: 'markets.0' }] } });
    expect(JSON.stringify(started.json)).toContain('it trades ETH/USDT alone');
    expect((await call('GET', `/strategies/${id}`)).json).toMatchObject({ running: [], fault: null });
  });
});

describe('backtests whose store fails', () => {
  const database = () => rawClient(`file:${join(server.dataDir, 'wickworks.db')}`);
  const refuse = (what: string): string =>
    `CREATE TRIGGER planted BEFORE ${what} BEGIN SELECT RAISE(ABORT, 'planted'); END`;

  it.each([
    ['/backtests', request],
    ['/datasets/backfill', { ...request.markets[0], timeframe: '1m', fromMs: NOW - 60_000 }],
  ])('%s gives back the series it has asked for when it cannot begin', async (path, body) => {
    const held = new Set<object>();
    const acquire = Reflect.get(Feed.prototype, 'acquire');
    vi.spyOn(Feed.prototype, 'acquire').mockImplementation(async function (this: Feed, key) {
      const lease = await acquire.call(this, key);
      if (!lease.ok) return lease;
      held.add(lease.value);
      const release = (): void => {
        held.delete(lease.value);
        lease.value.release();
      };
      return ok({ ...lease.value, release });
    });
    const client = database();
    await client.execute(refuse('INSERT ON jobs'));
    try {
      expect((await call('POST', path, body)).status).toBe(500);
      expect(held.size).toBe(0);
    } finally {
      await client.execute('DROP TRIGGER planted');
      client.close();
      vi.restoreAllMocks();
    }
    const { items } = z
      .object({ items: z.array(z.object({ state: z.string() })) })
      .parse((await call('GET', '/backtests?limit=1000')).json);
    expect(items.filter(({ state }) => state === 'queued')).toEqual([]);
  });

  it('fail by themselves: the server goes on', async () => {
    const unheard: unknown[] = [];
    const note = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', note);
    const client = database();
    await client.execute(refuse('UPDATE ON backtests'));
    try {
      const id = await start(request);
      const { job } = await jobEnd(server, id);
      expect(job.state).toBe('failed');
      expect(unheard).toEqual([]);
    } finally {
      await client.execute('DROP TRIGGER planted');
      process.off('unhandledRejection', note);
      client.close();
    }
    expect((await finished(await start(request))).state).toBe('done');
  });
});
