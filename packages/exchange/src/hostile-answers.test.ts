import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ok, type CandleRow } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCcxtClass, openExchange, type CcxtExchange } from './ccxt-class.js';
import { backfillCandles } from './history/backfill.js';
import { RestSource } from './rest-source.js';
import { EXCHANGE_INFO } from './testing/exchange-info.js';
import { local } from './venues/local.js';

const MINUTE = 60_000;
/** The number of the oldest candle asked for. */
const FIRST = 28_000_000;
const NOW_MS = (FIRST + 5_000) * MINUTE + 20_000;
const FROM_MS = FIRST * MINUTE;
const TIMEOUT_MS = 500;
const SERIES = { symbol: 'BTC/USDT', timeframe: '1m' } as const;
const row = (index: number): CandleRow => [FROM_MS + index * MINUTE, 10, 12, 9, 11, index];
const rowsTo = (count: number): CandleRow[] => Array.from({ length: count }, (_, index) => row(index));

type Kline = [openMs: number, ...texts: string[]];
const kline = ([openMs, ...numbers]: CandleRow): Kline => [openMs, ...numbers.map(String), '0', '0', '0', '0'];
/** Answers in place of klines; `rows` are those of a sound exchange. */
type Trick = (response: ServerResponse, rows: Kline[]) => void;

const json = (response: ServerResponse, body: unknown, status = 200, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};
const text =
  (body: string, status = 200): Trick =>
  (response) =>
    response.writeHead(status).end(body);
const refused = (status: number, code: number, headers = {}): Trick => {
  return (response) => json(response, { code, msg: 'as played' }, status, headers);
};
/** The second row with one field changed; the open time is field 0. */
const spoiled =
  (field: number, value: unknown): Trick =>
  (response, rows) =>
    json(
      response,
      rows.map((kept, index) => (index === 1 ? kept.with(field, value as string) : kept)),
    );

const IN_THE_FUTURE = NOW_MS - (NOW_MS % MINUTE) + 3 * 86_400_000;

/** Answers that cannot be used, however willing the reader. */
const DAMAGE: readonly (readonly [name: string, trick: Trick])[] = [
  ['half an answer', (response, rows) => text(JSON.stringify(rows).slice(0, -40))(response, rows)],
  ['half an answer of the announced length', (response, rows) => {
    const whole = JSON.stringify(rows);
    response.writeHead(200, { 'content-length': whole.length });
    response.write(whole.slice(0, 50));
    setImmediate(() => response.destroy());
  }],
  ['a page of HTML', text('<html><body>Please stand by</body></html>')],
  ['nothing at all', text('')],
  ['a word', text('maintenance')],
  ['the price that is no number', spoiled(4, 'NaN')],
  ['the price that is a word', spoiled(1, 'n/a')],
  ['the price that is missing', spoiled(2, null)],
  ['an infinite price', spoiled(2, 'Infinity')],
  ['a price of nothing', spoiled(3, '0')],
  ['a negative volume', spoiled(5, '-1')],
  ['a high below the close', spoiled(2, '10.5')],
  ['a low above the open', spoiled(3, '10.5')],
  ['an open time that is none', spoiled(0, 'yesterday')],
  ['an open time between two', spoiled(0, FROM_MS + MINUTE + 7)],
  ['a candle of the day after tomorrow', (response, rows) => json(response, [...rows, kline([IN_THE_FUTURE, 10, 12, 9, 11, 1])])],
  ['two candles of one time that differ', (response, rows) => json(response, [...rows, kline([FROM_MS, 10, 13, 9, 11, 0])])],
]; // prettier-ignore

describe('what an exchange may answer', () => {
  let server: Server;
  let exchange: CcxtExchange;
  let rest: RestSource;
  let trick: Trick | null;
  let info: Trick | null;
  let asked: number;

  beforeEach(async () => {
    trick = info = null;
    asked = 0;
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname.endsWith('/time')) json(response, { serverTime: NOW_MS });
      else if (pathname.endsWith('/exchangeInfo')) (info ?? ((out) => json(out, EXCHANGE_INFO)))(response, []);
      else {
        asked++;
        const fromMs = Number(searchParams.get('startTime') ?? 0);
        const toMs = Math.min(NOW_MS, Number(searchParams.get('endTime') ?? Infinity));
        const limit = Number(searchParams.get('limit'));
        const rows: Kline[] = [];
        for (let at = Math.ceil(fromMs / MINUTE); at * MINUTE <= toMs && rows.length < limit; at++)
          rows.push(kline(row(at - FIRST)));
        (trick ?? ((out) => json(out, rows)))(response, rows);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const settings = local.settings({ id: 'local', venueUrl: `http://127.0.0.1:${port}` });
    exchange = openExchange(await loadCcxtClass('binance'), { ...settings, timeout: TIMEOUT_MS }, {});
    rest = new RestSource(exchange, local);
  });
  afterEach(async () => {
    await exchange.close();
    server.closeAllConnections();
    server.close();
  });

  const page = () => rest.fetchCandles({ ...SERIES, sinceMs: FROM_MS, limit: 20 });

  it.each(DAMAGE)('%s is refused as a whole, as what may pass', async (_, damage) => {
    await rest.load();
    trick = damage;
    const unusable = { ok: false, error: { kind: 'unavailable', retryable: true } };
    expect(await page()).toMatchObject(unusable);
    expect(await rest.page('BTC/USDT', '1m', FROM_MS)).toMatchObject(unusable);
    trick = null;
    expect(await page()).toMatchObject({ ok: true, value: { closed: rowsTo(20) } });
  });

  it('rows out of order and rows that come twice are cleaned', async () => {
    await rest.load();
    trick = (response, rows) => json(response, [...rows, ...rows.slice(3, 9)].reverse());
    expect(await page()).toMatchObject({ ok: true, value: { closed: rowsTo(20) } });
  });

  it('candles that all begin elsewhere are refused for good', async () => {
    await rest.load();
    trick = (response, rows) =>
      json(
        response,
        rows.map(([openMs, ...rest]) => [openMs + 30_000, ...rest]),
      );
    expect(await page()).toMatchObject({ ok: false, error: { kind: 'unsupported', retryable: false } });
  });

  it('a history is stored whole and right though every other answer is damaged', async () => {
    let turn = 0;
    trick = (response, rows) => {
      const [, damage] = DAMAGE[(turn >> 1) % DAMAGE.length]!;
      if (turn++ % 2 === 0) damage(response, rows);
      else json(response, rows);
    };
    const stored: CandleRow[] = [];
    const gaps: unknown[] = [];
    const result = await backfillCandles({
      connection: {
        capabilities: async () => {
          const loaded = await rest.load();
          return loaded.ok ? ok({ ...rest.capabilities(), candlesPerRequest: 100 }) : loaded;
        },
        fetchCandles: (query) => rest.fetchCandles(query),
      },
      ...SERIES,
      fromMs: FROM_MS,
      toMs: FROM_MS + 2_000 * MINUTE,
      retry: { baseMs: 1, maxMs: 2 },
      onPage: (told) => {
        stored.push(...told.candles);
        gaps.push(...told.gaps);
      },
    });
    expect(result).toEqual(ok({ candles: 2_000 }));
    expect(stored).toEqual(rowsTo(2_000));
    expect(gaps).toEqual([]);
    expect(turn).toBeGreaterThan(2 * DAMAGE.length);
  });

  it.each<readonly [name: string, trick: Trick, kind: string, retryable: boolean]>([
    ['silence', () => undefined, 'timeout', true],
    ['a hung-up', (response) => response.destroy(), 'unavailable', true],
    ['500', text('oops', 500), 'unavailable', true],
    ['503 of a gateway', text('<html>bad gateway</html>', 503), 'unavailable', true],
    ['429', refused(429, -1003), 'rate-limited', true],
    ['418, banned for a while', refused(418, -1003), 'rate-limited', true],
    ['400 of a symbol it does not know', refused(400, -1121), 'unknown-symbol', false],
    ['400 of a parameter', refused(400, -1100), 'rejected', false],
    ['401', refused(401, -2015), 'authentication', false],
    ['a clock that differs', refused(400, -1021), 'unavailable', true],
    ['a disconnect inside', refused(400, -1001), 'unavailable', true],
  ])('%s is a failure with a kind, and known to be worth another try or not', async (_, played, kind, retryable) => {
    await rest.load();
    trick = played;
    const answer = await page();
    expect(answer.ok ? answer : [answer.error.kind, answer.error.retryable]).toEqual([kind, retryable]);
    expect(asked).toBe(1);
  });

  it('tells how long a rate limit lasts', async () => {
    await rest.load();
    trick = refused(429, -1003, { 'retry-after': '3' });
    expect(await page()).toMatchObject({ ok: false, error: { kind: 'rate-limited', retryAfterMs: 3_000 } });
  });

  it.each<readonly [name: string, trick: Trick, kind: string]>([
    ['silence', () => undefined, 'timeout'],
    ['a page of HTML', text('<html>maintenance</html>'), 'unavailable'],
    ['half of them', text(JSON.stringify(EXCHANGE_INFO).slice(0, 200)), 'unavailable'],
    ['none', (response) => json(response, { ...EXCHANGE_INFO, symbols: [] }), 'unavailable'],
  ])('markets: %s makes no symbol unknown, and is asked about again', async (_, played, kind) => {
    info = played;
    expect(await page()).toMatchObject({ ok: false, error: { kind, retryable: true } });
    expect(rest.loaded).toBe(false);
    info = null;
    expect(await page()).toMatchObject({ ok: true });
  });
});
