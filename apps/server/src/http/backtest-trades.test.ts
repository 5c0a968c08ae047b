import { join } from 'node:path';
import { BacktestResult, TradesView } from '@wickworks/contracts';
import { closeTimeOf, type CandleRow } from '@wickworks/core';
import { openDatabase, TradeBuffer, type Database } from '@wickworks/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ask, runToEnd } from '../testing/ask.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const CANDLES = 600;
const KEY = { exchange: 'scripted', symbol: 'BTC/USDT' };
let server: TestServer;
let database: Database;
let candles: readonly CandleRow[];

beforeAll(async () => {
  const exchange = new ScriptedExchange();
  exchange.nowMs = NOW;
  candles = minutesUntil(NOW, CANDLES);
  exchange.rowsOf('BTC/USDT', '1m').push(...candles);
  server = await startTestServer([exchange]);
  await server.assembled;
  // As `wick trades import` stores them beside a running server.
  database = await openDatabase({ url: `file:${join(server.dataDir, 'wickworks.db')}` });
});
afterAll(async () => {
  await database.close();
  await server.dispose();
});

/** Trades that make up a candle and reach its high first. */
function store(rows: readonly CandleRow[]) {
  const trades = new TradeBuffer();
  for (const [openMs, open, high, low, close, volume] of rows)
    [open, high, low, close].forEach((price, at) =>
      trades.push({ timeMs: openMs + 1 + at, price, quantity: volume / 4, side: 0, id: -1 }),
    );
  return database.trades.write(KEY, [rows[0]![0], closeTimeOf('1m', rows.at(-1)![0])], trades.columns());
}

const request = {
  strategy: {
    document: {
      schema: 1,
      name: 'Near bracket',
      timeframe: '1m',
      entry: { long: { when: { compare: ['close', '>', 0] } } },
      size: { kind: 'equity', ratio: 0.5 },
      stopLoss: { kind: 'ratio', ratio: 0.001 },
      takeProfit: [{ kind: 'ratio', ratio: 0.001 }],
    },
  },
  markets: [KEY],
  detailTrades: true,
};

describe('a backtest with stored trades', () => {
  it('fails by name while none are stored, then is decided by them as far as they go', async () => {
    const none = await runToEnd(server, request);
    expect(none.state).toBe('failed');
    expect(none.detail).toContain('detailTrades: no trades of scripted BTC/USDT are stored');

    await store(candles.slice(0, CANDLES / 2));
    const half = await runToEnd(server, request);
    expect(half).toMatchObject({ state: 'done', setup: { detailTrades: true } });
    const result = BacktestResult.parse((await ask(server, 'GET', `/backtests/${half.id}/result`)).json);
    expect(result.intrabar!.trades).toBeGreaterThan(20);
    expect(result.intrabar!.candles).toBeGreaterThan(20);
    expect(half.proof?.passed).toBe(true);

    await store(candles.slice(CANDLES / 2));
    const whole = await runToEnd(server, request);
    const again = await runToEnd(server, request);
    expect(again.resultHash).toBe(whole.resultHash);
    expect(whole.dataHash).not.toBe(half.dataHash);
    // What reaches the target first is kinder than what the candles alone allow to assume.
    const { detailTrades: _, ...byCandles } = request;
    const plain = await runToEnd(server, byCandles);
    expect(plain.setup).not.toHaveProperty('detailTrades');
    expect(whole.metrics!['netProfit']).toBeGreaterThan(plain.metrics!['netProfit']!);
  });

  it('lists what is stored', async () => {
    const { json } = await ask(server, 'GET', '/datasets/trades');
    const { items } = z.object({ items: z.array(TradesView) }).parse(json);
    const covered = [[candles[0]![0], NOW]];
    expect(items).toEqual([expect.objectContaining({ ...KEY, trades: 4 * CANDLES, covered })]);
  });

  it('decides several strategies on one account by them too', async () => {
    const { strategy, ...rest } = request;
    const one = await runToEnd(server, request);
    const alone = await runToEnd(server, { ...rest, strategies: [{ strategy }] });
    expect(alone).toMatchObject({ state: 'done', dataHash: one.dataHash, setup: { detailTrades: true } });
    expect(alone.metrics!['netProfit']).toBe(one.metrics!['netProfit']);
    const two = [
      { strategy, allocation: 0.5 },
      { strategy, id: 'again' },
    ];
    const both = await runToEnd(server, { ...rest, strategies: two });
    expect(both).toMatchObject({ state: 'done', proof: { passed: true } });
    const result = BacktestResult.parse((await ask(server, 'GET', `/backtests/${both.id}/result`)).json);
    expect(result.intrabar).toMatchObject({ detail: 0, candles: 0 });
    expect(result.intrabar!.trades).toBeGreaterThan(40);
  });
});
