import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BacktestResult, type BacktestInput } from '@wickworks/contracts';
import { Candles, resample, toRows, type CandleRow } from '@wickworks/core';
import * as z from 'zod';
import { ask, runToEnd, type Sent } from '../testing/ask.js';
import { JUMP as document } from '../testing/jump.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;
let server: TestServer;

beforeAll(async () => {
  const exchange = new ScriptedExchange();
  exchange.nowMs = NOW;
  const minutes = minutesUntil(NOW, 3_000);
  exchange.rowsOf('BTC/USDT', '1m').push(...minutes);
  exchange.rowsOf('BTC/USDT', '1h').push(...toRows(resample(Candles.fromRows(minutes), '1h')));
  exchange.rowsOf('ETH/USDT', '1m').push(
    ...minutesUntil(NOW, 3_000).map(([timeMs, ...rest]): CandleRow => {
      const [open, high, low, close, volume] = rest;
      return [timeMs, open / 10, high / 10, low / 10, close / 10, volume];
    }),
  );
  server = await startTestServer([exchange]);
  await server.assembled;
});
afterAll(() => server.dispose());

const market = (symbol: string) => ({ exchange: 'scripted', symbol });
const request: BacktestInput = {
  strategies: [
    { strategy: { document }, params: { span: 9 }, symbols: ['BTC/USDT', 'ETH/USDT'], allocation: 0.5 },
    { id: 'slow', strategy: { document }, timeframe: '1h', symbols: ['BTC/USDT'], allocation: 0.25 },
    { strategy: { document }, symbols: ['BTC/USDT'] },
  ],
  markets: [market('BTC/USDT'), market('ETH/USDT')],
  fromMs: NOW - 49 * HOUR,
};

const call = (...sent: Sent) => ask(server, ...sent);

describe('a backtest of several strategies', () => {
  it('runs them on one account and tells whose each trade is', async () => {
    const view = await runToEnd(server, request);
    expect(view).toMatchObject({
      state: 'done',
      title: 'Jump + Jump + Jump, BTC/USDT, ETH/USDT',
      candles: 3 * 49 * 60 + 49,
      setup: {
        strategy: null,
        strategyId: 'jump + slow + jump-2',
        strategies: [
          { id: 'jump', params: { span: 9 }, timeframe: '1m', symbols: ['BTC/USDT', 'ETH/USDT'], allocation: 0.5 },
          { id: 'slow', params: { span: 5 }, timeframe: '1h', symbols: ['BTC/USDT'], allocation: 0.25 },
          { id: 'jump-2', allocation: null },
        ],
      },
    });
    const ids = ['jump', 'jump-2', 'slow'];
    expect(view.breakdowns?.byStrategy?.map(({ key }) => key)).toEqual(ids);
    expect([...new Set(view.proof?.checks.map(({ strategyId }) => strategyId))].sort()).toEqual(ids);
    const whole = BacktestResult.parse((await call('GET', `/backtests/${view.id}/result`)).json);
    expect([...new Set(whole.trades.map(({ strategyId }) => strategyId))].sort()).toEqual(ids);
    const trades = z
      .object({ items: z.array(z.unknown()) })
      .parse((await call('GET', `/backtests/${view.id}/trades?limit=5`)).json);
    expect(trades.items).toEqual(whole.trades.slice(0, 5));
    expect(view.request.strategies?.[1]?.allocation).toBe(0.25);

    const again = await runToEnd(server, request);
    expect(again.resultHash).toBe(view.resultHash);
    const [first, ...others] = request.strategies!;
    const other = await runToEnd(server, { ...request, strategies: [...others, first] });
    expect(other.resultHash).not.toBe(view.resultHash);
  });

  it('begins where the shortest candles begin when no time is given', async () => {
    const view = await runToEnd(server, { ...request, fromMs: undefined, detailTimeframe: '1m' });
    expect(view).toMatchObject({ state: 'done', setup: { detailTimeframe: '1m' } });
    expect(view.setup?.fromMs).toBe(NOW - 3_000 * 60_000);
  });

  const [jump, slow] = request.strategies!;
  it.each([
    [{ strategies: [jump, { ...slow, params: { span: 1 } }] }, 400, 'strategies.1.params.span'],
    [{ strategies: [jump, { ...slow, strategy: { example: 'none' } }] }, 404, 'strategies.1.strategy'],
    [{ strategies: [jump, { ...slow, strategy: { id: 'none' } }] }, 404, 'strategies.1.strategy'],
    [
      { strategies: [jump, { ...slow, strategy: { document: { ...document, schema: 2 } } }] },
      400,
      'strategies.1.strategy.document.schema',
    ],
    [
      { strategies: [jump, { ...slow, strategy: { document: { ...document, trade: ['ETH/USDT'] } } }] },
      400,
      'strategies.1.strategy.document.trade.0',
    ],
    [{ strategies: [jump, { ...slow, symbols: ['SOL/USDT'] }] }, 400, 'strategies.1.symbols.0'],
    [{ strategies: [{ ...jump, allocation: 1 }, { strategy: { document } }] }, 400, 'strategies.1.allocation'],
    [{ strategies: [{ ...jump, allocation: 0.8 }, slow] }, 400, 'strategies'],
    [{ strategy: { document } }, 400, 'strategy'],
    [{ strategies: [] }, 400, 'strategies'],
    [{ config: { cash: '0' } }, 400, 'config.cash'],
    [{ detailTimeframe: '1h' }, 400, 'detailTimeframe'],
  ])('refuses bad input by the name of its field: %#', async (change, status, path) => {
    const answer = await call('POST', '/backtests', { ...request, ...change });
    expect(answer.status).toBe(status);
    const { issues } = z.object({ issues: z.array(z.object({ path: z.string() })) }).parse(answer.json);
    expect(issues.map((issue) => issue.path)).toContain(path);
  });
});
