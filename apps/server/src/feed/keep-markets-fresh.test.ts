import { HealthView, listOf, MarketView, StrategyView } from '@wickworks/contracts';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { ask, runToEnd } from '../testing/ask.js';
import { JUMP as document } from '../testing/jump.js';
import { candleAt, minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW_MS = Date.UTC(2026, 0, 1, 12);
let server: TestServer;
afterEach(() => server.dispose());

const listed = async (symbol: string): Promise<MarketView | undefined> =>
  listOf(MarketView)
    .parse((await ask(server, 'GET', '/exchanges/scripted/markets')).json)
    .items.find((market) => market.symbol === symbol);

it('a new listing and a changed step are seen by REST, sockets and backtests without a restart', async () => {
  const exchange = ScriptedExchange.withMinutes(NOW_MS, 400);
  exchange.rowsOf('NEW/USDT', '1m').push(...minutesUntil(NOW_MS, 400));
  server = await startTestServer([exchange], { marketReload: { everyMs: 20, retryMs: 20 } });
  await server.assembled;
  const backtest = (symbol: string) => ({
    strategy: { document },
    markets: [{ exchange: 'scripted', symbol }],
    fromMs: NOW_MS - 300 * 60_000,
  });
  expect((await ask(server, 'POST', '/backtests', backtest('NEW/USDT'))).status).toBe(404);
  exchange.listed = [...exchange.listed, 'NEW/USDT'];
  exchange.priceTick = '0.5';
  await expect.poll(() => listed('NEW/USDT')).toMatchObject({ priceTick: '0.5' });
  const client = await TestClient.open(server.socketUrl);
  const { snapshot } = await client.subscribe({ symbol: 'NEW/USDT', limit: 5 });
  expect(snapshot.candles).toHaveLength(5);
  client.close();
  const run = await runToEnd(server, backtest('NEW/USDT'));
  expect(run).toMatchObject({ state: 'done', setup: { markets: [{ symbol: 'NEW/USDT', tickSize: 0.5 }] } });
});

it('a reload that fails keeps the old markets, is logged, told by health and tried again', async () => {
  const exchange = new ScriptedExchange();
  const lines: string[] = [];
  server = await startTestServer([exchange], {
    marketReload: { everyMs: 20, retryMs: 20 },
    log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }),
  });
  await server.assembled;
  const health = async () =>
    HealthView.parse(await (await fetch(`${server.url}/api/health`)).json()).parts['exchange scripted'];
  await expect.poll(() => listed('BTC/USDT')).toBeDefined();
  exchange.reloadFailure = { kind: 'unavailable', message: 'planted', retryable: true };
  await expect
    .poll(health)
    .toMatchObject({ state: 'degraded', detail: expect.stringMatching(/markets .*planted/) as string });
  expect(await listed('BTC/USDT')).toMatchObject({ active: true });
  await expect
    .poll(() => lines.filter((line) => line.includes('markets could not be reloaded')).length)
    .toBeGreaterThan(1);
  exchange.reloadFailure = null;
  await expect.poll(health).toMatchObject({ state: 'ok' });
});

it('a market that is delisted and then refused ends what follows it with the reason, and loses nothing stored', async () => {
  const exchange = ScriptedExchange.withMinutes(NOW_MS, 300);
  server = await startTestServer([exchange], { marketReload: { everyMs: 20, retryMs: 20 } });
  await server.assembled;
  const client = await TestClient.open(server.socketUrl);
  const { subscribed } = await client.subscribe({ limit: 5 });
  const { id } = StrategyView.parse((await ask(server, 'POST', '/strategies', { document })).json);
  const markets = [{ exchange: 'scripted', symbol: 'BTC/USDT' }];
  expect((await ask(server, 'POST', `/strategies/${id}/start`, { markets })).status).toBe(200);

  exchange.inactive.add('BTC/USDT');
  await expect.poll(() => listed('BTC/USDT')).toMatchObject({ active: false });
  exchange.tellClosed(candleAt(NOW_MS));
  await client.next('candle', ({ candle, closed }) => closed && candle[0] === NOW_MS);

  const failure = { kind: 'unknown-symbol', message: 'planted delisting', retryable: false } as const;
  exchange.emit({ kind: 'series-failed', symbol: 'BTC/USDT', timeframe: '1m', failure });
  const told = await client.next('error', ({ subscription }) => subscription === subscribed.subscription);
  expect(told.problem.detail).toContain('planted delisting');
  client.close();
  const strategy = async () => StrategyView.parse((await ask(server, 'GET', `/strategies/${id}`)).json);
  await expect.poll(strategy).toMatchObject({ fault: expect.stringContaining('planted delisting') as string });
  const datasets = await ask(server, 'GET', '/datasets');
  expect(datasets.json).toMatchObject({ items: [{ symbol: 'BTC/USDT', toMs: NOW_MS, gaps: [] }] });
});
