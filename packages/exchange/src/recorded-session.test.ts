import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sameCandle, type CandleRow } from '@wickworks/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { loadCcxtClass, openExchange } from './ccxt-class.js';
import type { StreamUpdate } from './candle-stream.js';
import { LoopFeed } from './feeds/loop-feed.js';
import type { ExchangeEvent } from './ports.js';
import { Session } from './session.js';
import { EXCHANGE_INFO } from './testing/exchange-info.js';
import { startFrameServer, type FrameServer } from './testing/frame-server.js';
import { until } from './testing/listen.js';
import { local } from './venues/local.js';
import type { VenueProfile } from './venues/profile.js';

const FIXTURES = new URL('../../../fixtures/exchange/', import.meta.url);
const SERIES = { symbol: 'BTC/USDT', timeframe: '1m' } as const;
const MINUTE = 60_000;
const FRAMES_AT_ONCE = 200;

/** The messages of the session, exactly as recorded. */
const frames = gunzipSync(readFileSync(new URL('binance_btcusdt_trades_2024-08-08.jsonl.gz', FIXTURES)))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.slice(line.indexOf(' ') + 1));

/** Binance's own candles of the whole minutes, from an unrelated source. */
const candles = readFileSync(new URL('binance_btcusdt_1m_2024-08-08.csv', FIXTURES), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number) as unknown as CandleRow);

/** Binance at the time of the session, except that it pushes trades only and its clock follows what was played. */
class Replay {
  timeMs = candles[0]![0] - MINUTE;
  #socket: WebSocket | null = null;

  readonly get = (path: string, query: URLSearchParams): unknown => {
    if (path.endsWith('/time')) return { serverTime: this.timeMs };
    if (path.endsWith('/exchangeInfo')) return EXCHANGE_INFO;
    if (!path.endsWith('/klines')) return undefined;
    const fromMs = Number(query.get('startTime') ?? 0);
    const open = candles.filter((row) => row[0] >= fromMs && row[0] <= this.timeMs);
    return open.map((row) => [row[0], ...row.slice(1).map(String), row[0] + MINUTE - 1, '0', 0, '0', '0', '0']);
  };

  readonly frame = (socket: WebSocket, text: string): void => {
    const { id } = JSON.parse(text) as { id: number };
    this.#socket = socket;
    socket.send(JSON.stringify({ result: null, id }));
  };

  async play(from: number, to: number): Promise<void> {
    await until('a subscription', () => this.#socket !== null);
    for (let start = from; start < to; start += FRAMES_AT_ONCE) {
      for (const frame of frames.slice(start, Math.min(to, start + FRAMES_AT_ONCE))) this.#socket?.send(frame);
      const last = /"T":(\d+)/.exec(frames[Math.min(to, start + FRAMES_AT_ONCE) - 1] ?? '');
      this.timeMs = Number(last?.[1]);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }
}

/** The local profile as an exchange would be that pushes trades and no candles. */
function tradesOnly(): VenueProfile {
  const { readFlagged: _, heartbeat: __, ...profile } = local;
  return {
    ...profile,
    settings: (config) => ({ ...local.settings(config), has: { watchOHLCV: false, watchOHLCVForSymbols: false } }),
  };
}

describe('the recorded Binance session of 2024-08-08', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function serve(): Promise<{ replay: Replay; server: FrameServer }> {
    const replay = new Replay();
    const server = await startFrameServer(replay);
    closers.push(() => server.close());
    return { replay, server };
  }

  it('gives, trade by trade through the real CCXT class, exactly the candles of the independent file', async () => {
    const { replay, server } = await serve();
    const profile = tradesOnly();
    const settings = profile.settings({ id: 'local', venueUrl: server.url });
    const cls = await loadCcxtClass('binance');
    const source = openExchange(cls, settings, {});
    await source.loadMarkets();
    const built = new Map<number, StreamUpdate>();
    const listener = {
      update: (_: unknown, update: StreamUpdate) => built.set(update.candle[0], update),
      connected: () => undefined,
      lost: () => undefined,
      refused: () => undefined,
    };
    const feed = new LoopFeed({ cls, settings, source, profile, mode: 'trades', listener });
    closers.push(
      () => source.close(),
      () => feed.close(),
    );
    feed.add(SERIES);
    await replay.play(0, frames.length);
    await until('the last minute', () => built.has(candles.at(-1)![0] + MINUTE));
    expect(candles).toHaveLength(10);
    expect(candles.map(([openMs]) => built.get(openMs)?.candle)).toEqual(candles);
    // The minute under way when the recording began is not told: its beginning is unknown.
    expect(Math.min(...built.keys())).toBe(candles[0]![0]);
  });

  it('closes each minute once, confirmed by REST, in a whole session that gets trades only', async () => {
    const { replay, server } = await serve();
    const events: ExchangeEvent[] = [];
    const cls = await loadCcxtClass('binance');
    const config = { id: 'local', venueUrl: server.url };
    const session = new Session(config, tradesOnly(), cls, (event) => events.push(event));
    closers.push(() => session.close());
    expect(await session.answer({ about: 'capabilities' })).toMatchObject({ ok: true, value: { candles: 'trades' } });
    session.watch({ ...SERIES, afterMs: candles[0]![0] - MINUTE, watch: 1 });
    const closed = () => events.flatMap((event) => (event.kind === 'closed' ? [event.candle] : []));
    let played = 0;
    for (const [index, candle] of candles.entries()) {
      // Up to the first trade of the next minute, then wait for the close that it causes.
      const end = frames.findIndex((frame) => Number(/"T":(\d+)/.exec(frame)?.[1]) >= candle[0] + MINUTE);
      await replay.play(played, end + 1);
      played = end + 1;
      // The file's last candle proves nothing newer, so REST cannot show it closed.
      if (index < candles.length - 1) await until(`minute ${index}`, () => closed().length > index);
    }
    const proven = candles.slice(0, -1);
    expect(closed().every((row, index) => sameCandle(row, proven[index]!))).toBe(true);
    expect(closed()).toHaveLength(proven.length);
    expect(events.some((event) => event.kind === 'forming')).toBe(true);
  });
});
