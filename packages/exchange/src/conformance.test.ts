import { startVenue, type RunningVenue } from '@wickworks/venue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectExchange } from './connect.js';
import type { ExchangeConnection } from './ports.js';
import { Listener, until } from './testing/listen.js';

/** Short, so that three of them pass quickly. */
const CADENCE_MS = 300;
const SYMBOLS = ['BTC/USDT', 'ETH/USDT'] as const;
const HOUR = 3_600_000;

const Klines = z.array(z.tuple([z.number()], z.unknown()));

interface Fault {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** States that must be seen on the way. */
  readonly shows?: readonly string[];
}

const FAULTS: readonly Fault[] = [
  { name: 'sockets dropped', body: { kind: 'drop-sockets', forMs: 1_500 }, shows: ['down', 'live'] },
  { name: 'silence', body: { kind: 'silence', forMs: 2_000 }, shows: ['stale', 'live'] },
  {
    name: 'one stream silent',
    body: { kind: 'silence', match: 'btcusdt@kline', forMs: 2_000 },
    shows: ['stale', 'live'],
  },
  { name: 'silence everywhere', body: { kind: 'silence', to: 'all', forMs: 2_000 }, shows: ['stale', 'live'] },
  { name: 'delay', body: { kind: 'delay', delayMs: 700, forMs: 1_500 } },
  { name: 'duplicates', body: { kind: 'duplicate', probability: 0.5, forMs: 2_000 } },
  { name: 'reordering', body: { kind: 'reorder', probability: 0.4, forMs: 2_000 } },
  { name: 'gaps', body: { kind: 'gap', probability: 0.6, forMs: 2_000 } },
  { name: 'malformed frames', body: { kind: 'malformed', probability: 0.4, forMs: 2_000 } },
  { name: 'malformed frames and answers', body: { kind: 'malformed', to: 'all', probability: 0.4, forMs: 2_000 } },
  { name: 'REST errors beside gaps', body: { kind: 'http-error', status: 500, probability: 0.7, forMs: 2_000 } },
  {
    name: 'a rate limit beside gaps',
    body: { kind: 'http-error', status: 429, code: -1003, retryAfterS: 1, forMs: 2_000 },
  },
  { name: 'a clock that runs ahead', body: { kind: 'clock-skew', skewMs: HOUR, forMs: 2_000 } },
  { name: 'a clock that runs behind', body: { kind: 'clock-skew', skewMs: -HOUR, forMs: 2_000 } },
];

describe('whatever the venue does, closed candles are those of its REST klines', () => {
  let venue: RunningVenue;
  let connection: ExchangeConnection;
  let heard: Listener;

  beforeAll(async () => {
    venue = await startVenue({ port: 0, speed: 120, faults: true });
    connection = connectExchange({ id: 'local', venueUrl: venue.url, cadenceMs: CADENCE_MS });
    heard = new Listener(connection);
    for (const symbol of SYMBOLS) {
      connection.watchCandles({ symbol, timeframe: '1m', afterMs: venue.nowMs() - 5 * 60_000 });
    }
    await until('the first news', () => heard.state === 'live');
  });

  afterAll(async () => {
    await connection.close();
    await venue.close();
  });

  const inflict = async (body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${venue.url}/_venue/faults`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect([answer.status, await answer.text()]).toEqual([expect.toBeOneOf([200, 201]), expect.anything()]);
  };

  const klines = async (symbol: string, fromMs: number, toMs: number): Promise<number[][]> => {
    const query = new URLSearchParams({
      symbol: symbol.replace('/', ''),
      interval: '1m',
      startTime: String(fromMs),
      endTime: String(toMs),
      limit: '1000',
    });
    const answer = await fetch(`${venue.url}/api/v3/klines?${query.toString()}`);
    return Klines.parse(await answer.json()).map((row) => row.slice(0, 6).map(Number));
  };

  it('a rate limit is told with the wait the venue asks for', async () => {
    await inflict({ kind: 'http-error', status: 429, code: -1003, retryAfterS: 7, forMs: 1_500 });
    const asked = await connection.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1m', limit: 5 });
    expect(asked).toMatchObject({ ok: false, error: { kind: 'rate-limited', retryable: true, retryAfterMs: 7_000 } });
  });

  it.each(FAULTS)('$name', async ({ body, shows = [] }) => {
    const before = heard.states.length;
    await inflict(body);
    if (body['kind'] === 'http-error') await inflict({ kind: 'gap', probability: 0.6, forMs: 2_000 });
    const endsMs = Date.now() + Number(body['forMs']);
    await until('the end of the fault', () => Date.now() >= endsMs);
    const calmMs = venue.nowMs();
    const isThere = (symbol: string) => (heard.closed(symbol, '1m').at(-1)?.[0] ?? 0) >= calmMs;
    await until('candles after the fault', () => heard.state === 'live' && SYMBOLS.every(isThere));
    expect(heard.broken).toEqual([]);
    for (const symbol of SYMBOLS) {
      const closed = heard.closed(symbol, '1m');
      expect(closed).toEqual(await klines(symbol, closed[0]![0], closed.at(-1)![0]));
    }
    const states = heard.states.slice(before);
    for (const state of shows) expect(states).toContain(state);
    expect(heard.events.some((event) => event.kind === 'corrected')).toBe(false);
  });
});
