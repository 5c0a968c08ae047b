import { createWickClient } from '@wickworks/client';
import { Problem } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);
const rows = minutesUntil(NOW, 3_000);
let server: TestServer;
beforeAll(async () => {
  const exchange = new ScriptedExchange();
  exchange.nowMs = NOW;
  exchange.rowsOf('BTC/USDT', '1m').push(...rows);
  server = await startTestServer([exchange]);
});
afterAll(() => server.dispose());

const client = () => createWickClient({ baseUrl: `${server.url}/api/v1` }).rest;
const key = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m' } as const;
const refusal = async (body: unknown): Promise<Problem> => {
  const headers = { 'content-type': 'application/json' };
  const url = `${server.url}/api/v1/indicators/calculate`;
  return Problem.parse(await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json());
};

describe('indicators over HTTP', () => {
  it('lists every indicator with its ranges, outputs and warm-up', async () => {
    const listed = await client().indicators({ limit: 1_000 });
    const sma = listed.ok ? listed.value.items.find(({ id }) => id === 'sma') : undefined;
    expect(sma).toMatchObject({ pane: 'price', talib: 'SMA', params: { period: { kind: 'number', min: 1 } } });
    expect(sma?.warmup).toBe(Number(sma?.params['period']?.default) - 1);
  });

  it('calculates over inline candles, null during the warm-up', async () => {
    const candles = [1, 2, 4].map((close, index) => [index * MINUTE, close, close, close, close, 1] as const);
    const answer = await client().calculateIndicator({ indicator: 'sma', params: { period: 2 }, candles });
    expect(answer).toEqual({ ok: true, value: { time: [0, MINUTE, 2 * MINUTE], outputs: { sma: [null, 1.5, 3] } } });
  });

  it('calculates over a range of a series, as over the same candles', async () => {
    const part = rows.slice(-2_000, -500);
    const [from, to] = [part[0]?.[0] ?? 0, (part.at(-1)?.[0] ?? 0) + MINUTE];
    const params = { period: 14 };
    const ranged = await client().calculateIndicator({ indicator: 'rsi', params, candles: { ...key, from, to } });
    expect(ranged).toEqual(await client().calculateIndicator({ indicator: 'rsi', params, candles: part }));
    expect(ranged.ok && ranged.value.time).toEqual(part.map(([time]) => time));
  });

  it('refuses inline candles that are none, as files do, and a range beside candles', async () => {
    const faults = [
      [[0, 1, 1, 1, 2, 1], 'high is below open or close'],
      [[0, 1, 2, 1.5, 2, 1], 'low is above open or close'],
      [[0, 1, 1, 0, 1, 1], 'low is not a positive number'],
      [[0, 1, 1, 1, 1, -1], 'volume is not a number of 0 or more'],
    ] as const;
    for (const [row, message] of faults)
      expect(await refusal({ indicator: 'sma', candles: [row, [MINUTE, 1, 1, 1, 1, 1]] })).toMatchObject({
        code: 'invalid-field',
        issues: [{ path: 'candles.0', message }],
      });
    expect(await refusal({ indicator: 'sma', candles: [[0, 1, 1, 1, 1, 1]], ...key })).toMatchObject({
      code: 'invalid-field',
      issues: [{ path: 'candles' }],
    });
  });

  it('names the field at fault', async () => {
    const candles = [[0, 1, 1, 1, 1, 1]];
    expect(await refusal({ indicator: 'nope', candles })).toMatchObject({
      code: 'unknown-indicator',
      issues: [{ path: 'indicator' }],
    });
    expect(await refusal({ indicator: 'sma', params: { period: 0 }, candles })).toMatchObject({
      code: 'invalid-field',
      issues: [{ path: 'params.period' }],
    });
    const twice = [...candles, ...candles];
    expect(await refusal({ indicator: 'sma', candles: twice })).toMatchObject({ issues: [{ path: 'candles.1' }] });
    const range = { ...key, from: 0, to: NOW };
    expect(await refusal({ indicator: 'sma', candles: range })).toMatchObject({ issues: [{ path: 'candles.from' }] });
    for (const to of [1, MINUTE]) {
      const before = { ...key, from: 0, to };
      expect(await refusal({ indicator: 'sma', candles: before })).toMatchObject({
        code: 'invalid-field',
        issues: [{ path: 'candles.from', message: 'scripted BTC/USDT 1m has no candles between from and to' }],
      });
    }
    expect(await refusal({ indicator: 'sma' })).toMatchObject({ code: 'invalid-field', issues: [{ path: 'candles' }] });
  });
});
