import { Candles, resample, toRows } from '@wickworks/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runToEnd } from '../testing/ask.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The newest hour has 20 minutes of its own already. */
const LAST_CLOSE = Date.UTC(2026, 0, 1, 12);
let server: TestServer;

beforeAll(async () => {
  const exchange = new ScriptedExchange();
  exchange.nowMs = LAST_CLOSE + 20 * MINUTE;
  const minutes = minutesUntil(exchange.nowMs, 1_220);
  exchange.rowsOf('BTC/USDT', '1m').push(...minutes);
  exchange
    .rowsOf('BTC/USDT', '1h')
    .push(...toRows(resample(Candles.fromRows(minutes), '1h')).filter(([openMs]) => openMs < LAST_CLOSE));
  server = await startTestServer([exchange]);
  await server.assembled;
});
afterAll(() => server.dispose());

const markets = [{ exchange: 'scripted', symbol: 'BTC/USDT' }];
const run = { markets, detailTimeframe: '1m', fromMs: LAST_CLOSE - 20 * HOUR };
const member = { strategy: { example: 'trend-ema-cross' }, timeframe: '1h' };

it('detail candles end where the last candle closes, wherever the end of the run lies', async () => {
  const whole = await runToEnd(server, { ...run, ...member, toMs: LAST_CLOSE });
  expect(whole).toMatchObject({ state: 'done', candles: 20, setup: { toMs: LAST_CLOSE } });
  const { dataHash, resultHash } = whole;
  const within = await runToEnd(server, { ...run, ...member, toMs: LAST_CLOSE - 13 * MINUTE });
  expect(within).toMatchObject({ state: 'done', dataHash, resultHash });
  // Up to the exchange's present, which lies in a candle that is not closed.
  const several = await runToEnd(server, { ...run, strategies: [member] });
  expect(several).toMatchObject({ state: 'done', dataHash, setup: { toMs: LAST_CLOSE } });
});
