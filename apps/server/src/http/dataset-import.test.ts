import { gzipSync } from 'node:zlib';
import { createWickSdk } from '@wickworks/client';
import { DatasetImported, Problem } from '@wickworks/contracts';
import { assert } from '@wickworks/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer([]);
});
afterAll(() => server.dispose());

const HEADER = 'time,open,high,low,close,volume';
const row = (minute: number, close = 1.5): string => `${minute * 60_000},1,2,0.5,${close},10`;
const csv = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n');

const send = (
  body: string | Uint8Array | ReadableStream<Uint8Array>,
  symbol: string,
  type = 'text/csv',
): Promise<Response> => {
  const query = new URLSearchParams({ exchange: 'binance', symbol, timeframe: '1m' });
  const url = `${server.url}/api/v1/datasets/import?${query.toString()}`;
  // A stream must be sent half-duplex.
  return fetch(url, { method: 'POST', headers: { 'content-type': type }, body, duplex: 'half' });
};
const stored = async (symbol: string): Promise<unknown> => {
  const list = (await (await fetch(`${server.url}/api/v1/datasets`)).json()) as { items: { symbol: string }[] };
  return list.items.find((item) => item.symbol === symbol);
};

describe('POST /datasets/import', () => {
  it('stores a plain file, knows it again, keeps what it corrects', async () => {
    const first = await send(csv(row(1), row(2), row(4)), 'BTC/USDT');
    expect(first.status).toBe(200);
    const imported = DatasetImported.parse(await first.json());
    expect(imported).toMatchObject({ added: 3, unchanged: 0, corrected: 0 });
    expect(imported.dataset).toMatchObject({ candles: 3, fromMs: 60_000, toMs: 240_000, gaps: [[180_000, 240_000]] });
    expect(await stored('BTC/USDT')).toEqual(imported.dataset);

    const again = DatasetImported.parse(await (await send(csv(row(1), row(2, 1.25)), 'BTC/USDT')).json());
    expect(again).toMatchObject({ added: 0, unchanged: 1, corrected: 1, dataset: { candles: 3, corrections: 1 } });
    await send(csv(row(2, 1.5)), 'BTC/USDT');

    const sdk = createWickSdk({ baseUrl: server.url }).datasets;
    const key = { exchange: 'binance', symbol: 'BTC/USDT', timeframe: '1m' } as const;
    const newest = await sdk.corrections(key, { limit: 1 });
    assert(newest.ok && newest.value.nextCursor !== null, 'there is a second page');
    const older = await sdk.corrections(key, { limit: 1, cursor: newest.value.nextCursor });
    assert(older.ok, 'it can be had');
    expect(older.value.nextCursor).toBeNull();
    expect(
      [...newest.value.items, ...older.value.items].map((item) => [item.origin, item.previous[4], item.candle[4]]),
    ).toEqual([
      ['import', 1.25, 1.5],
      ['import', expect.any(Number), 1.25],
    ]);
    const nowhere = await sdk.corrections({ ...key, symbol: 'NO/SUCH' });
    expect(nowhere).toMatchObject({ ok: false, error: { problem: { code: 'not-found' } } });
    const invented = await sdk.corrections(key, { cursor: 'bm90IGFuIGlk' });
    expect(invented).toMatchObject({ ok: false, error: { problem: { code: 'invalid-field' } } });
  });

  it('takes gzip that comes in pieces, without a length', async () => {
    const bytes = gzipSync(csv(...Array.from({ length: 5_000 }, (_, minute) => row(minute))));
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 997) controller.enqueue(bytes.subarray(at, at + 997));
        controller.close();
      },
    });
    const reply = DatasetImported.parse(await (await send(pieces, 'ETH/USDT', 'application/gzip')).json());
    expect(reply).toMatchObject({ added: 5_000, dataset: { candles: 5_000, gaps: [] } });
  });

  it.each([
    ['a bad number', csv(row(1), '120000,1,2,0.5,x,10'), 'line 3'],
    ['a time twice', csv(row(1), row(1)), 'line 3'],
    ['a time that is no open time', csv('61000,1,2,0.5,1.5,10'), 'line 2'],
    ['an endless line', `${HEADER}\n${'1'.repeat(5_000)}`, 'line 2'],
    ['another header', 'a,b\n', 'line 1'],
    ['nothing', '', 'body'],
    ['half a gzip file', gzipSync(csv(...Array.from({ length: 999 }, (_, i) => row(i)))).subarray(0, 500), 'body'],
  ])('imports nothing of a file with %s', async (_what, body, path) => {
    const answer = await send(body, 'LTC/USDT');
    expect(answer.status).toBe(400);
    const problem = Problem.parse(await answer.json());
    expect(problem).toMatchObject({ code: 'invalid-field', issues: [{ path }] });
    expect(problem.detail).toContain('nothing was imported');
    expect(await stored('LTC/USDT')).toBeUndefined();
  });

  it('is a method of the SDK', async () => {
    const sdk = createWickSdk({ baseUrl: server.url });
    const key = { exchange: 'binance', symbol: 'XRP/USDT', timeframe: '1m' } as const;
    const good = await sdk.datasets.import(key, new Blob([gzipSync(csv(row(1), row(2)))]));
    expect(good.ok && good.value.added).toBe(2);
    const bad = await sdk.datasets.import(key, new Blob([csv(row(2), row(1))]));
    expect(bad.ok ? null : bad.error).toMatchObject({ kind: 'problem', problem: { issues: [{ path: 'line 3' }] } });
    sdk.close();
  });

  it('refuses other types and fields by name', async () => {
    expect((await send('{}', 'LTC/USDT', 'application/json')).status).toBe(415);
    const problem = Problem.parse(await (await send(csv(row(1)), '')).json());
    expect(problem).toMatchObject({ status: 400, issues: [{ path: 'symbol' }] });
  });
});
