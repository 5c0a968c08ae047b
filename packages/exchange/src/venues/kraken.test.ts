import { closeTimeOf, isTimeframe, openTimeAt, timeframeMs, type Timeframe } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { candleAt, candlesFrom, PlayedClock } from '../testing/growing-candles.js';
import { until } from '../testing/listen.js';
import { payload, play, type Played } from '../testing/play.js';
import { kraken } from './kraken.js';

const MINUTE = 60_000;
const PUSH_MS = 200;
/** REST never answers more, nor anything older. */
const KEPT_CANDLES = 720;

const update = payload('kraken_spot_ohlc_update.json') as { data: [Record<string, unknown>] };

interface Subscribe {
  readonly method: string;
  readonly params: { readonly channel: string; readonly symbol: readonly string[]; readonly interval: number };
  readonly req_id: number;
}

const timeframeOf = (minutes: number): Timeframe => {
  const text = minutes < 60 ? `${minutes}m` : minutes < 1_440 ? `${minutes / 60}h` : '1d';
  if (!isTimeframe(text)) throw new Error(`no timeframe of ${minutes} minutes`);
  return text;
};

/** Kraken spot as far as this test goes: REST OHLC of the newest 720, WebSocket v2 `ohlc`; ETH/BTC as recorded. */
class Kraken {
  readonly clock = new PlayedClock();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly subscribed: string[] = [];
  /** Set: the time at which the recorded answer was given. */
  recordedAtMs: number | null = null;

  get timeMs(): number {
    return this.recordedAtMs ?? this.clock.nowMs;
  }

  readonly get = (path: string, query: URLSearchParams): unknown => {
    if (path.endsWith('/AssetPairs')) return payload('kraken_spot_asset_pairs.json');
    if (path.endsWith('/Assets')) return payload('kraken_spot_assets.json');
    if (path.endsWith('/Time'))
      return { error: [], result: { unixtime: Math.floor(this.timeMs / 1_000), rfc1123: '' } };
    if (!path.endsWith('/OHLC')) return undefined;
    if (this.recordedAtMs !== null) return payload('kraken_spot_ohlc.json');
    const timeframe = timeframeOf(Number(query.get('interval')));
    const widthMs = timeframeMs(timeframe);
    const oldestMs = openTimeAt(timeframe, this.timeMs) - (KEPT_CANDLES - 1) * widthMs;
    // "Return up to 720 OHLC data points since given timestamp", which is that of a candle not wanted any more.
    const fromMs = Math.max(oldestMs, Number(query.get('since') ?? 0) * 1_000 + 1);
    const rows = candlesFrom(fromMs, { nowMs: this.timeMs, timeframe, limit: KEPT_CANDLES });
    const texts = rows.map(([openMs, open, high, low, close, volume]) => {
      return [openMs / 1_000, `${open}`, `${high}`, `${low}`, `${close}`, `${open}`, `${volume}`, 3];
    });
    return { error: [], result: { XXBTZUSD: texts, last: 0 } };
  };

  readonly frame = (socket: WebSocket, text: string): void => {
    const { method, params, req_id } = JSON.parse(text) as Subscribe;
    if (method !== 'subscribe') return;
    const [symbol = ''] = params.symbol;
    this.subscribed.push(`${symbol} ${params.interval}`);
    const result = { channel: params.channel, snapshot: true, symbol, interval: params.interval };
    socket.send(JSON.stringify({ method, result, success: true, req_id }));
    const timeframe = timeframeOf(params.interval);
    this.#push(socket, symbol, timeframe, 'snapshot');
    this.#timers.push(setInterval(() => this.#push(socket, symbol, timeframe, 'update'), PUSH_MS));
  };

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** The forming candle, shaped as the recorded update. */
  #push(socket: WebSocket, symbol: string, timeframe: Timeframe, type: string): void {
    const openMs = openTimeAt(timeframe, this.timeMs);
    const [, open, high, low, close, volume] = candleAt(openMs, this.timeMs, timeframe);
    const candle = {
      ...update.data[0],
      ...{ symbol, open, high, low, close, volume },
      interval_begin: new Date(openMs).toISOString().replace('Z', '000000Z'),
      interval: timeframeMs(timeframe) / MINUTE,
      timestamp: new Date(closeTimeOf(timeframe, openMs)).toISOString(),
    };
    socket.send(JSON.stringify({ ...update, type, timestamp: new Date(this.timeMs).toISOString(), data: [candle] }));
  }
}

describe('kraken, through the real CCXT class', () => {
  let exchange: Kraken;
  let played: Played;

  beforeEach(async () => {
    exchange = new Kraken();
    played = await play(kraken, exchange, (http, ws) => ({
      public: http,
      private: http,
      ws: { public: ws, private: ws, publicV2: `${ws}/v2`, privateV2: `${ws}/v2` },
    }));
  });
  afterEach(async () => {
    exchange.stop();
    await played.close();
  });

  it('reads markets and candles as recorded, the uncommitted one as forming', async () => {
    exchange.recordedAtMs = 1_688_671_400_000;
    const exact = { priceTick: '0.1', quantityStep: '0.00000001', notionalMin: '0.5', active: true };
    expect(await played.session.answer({ about: 'markets' })).toMatchObject({
      ok: true,
      value: [{ symbol: 'BTC/USD', base: 'BTC', quote: 'USD', ...exact }, { symbol: 'ETH/BTC' }],
    });
    expect(await played.session.answer({ about: 'capabilities' })).toMatchObject({
      ok: true,
      value: { candles: 'native', candlesPerRequest: 719 },
    });
    expect(await played.page('BTC/USD', '1m', 10)).toMatchObject({
      closed: [
        [1_688_671_200_000, 30306.1, 30306.2, 30305.7, 30305.7, 3.39243896],
        [1_688_671_260_000, 30304.5, 30304.5, 30300, 30300, 4.42996871],
        [1_688_671_320_000, 30300.3, 30300.4, 30291.4, 30291.4, 2.13024789],
      ],
      forming: [1_688_671_380_000, 30291.8, 30295.1, 30291.8, 30295, 1.01836275],
    });
  });

  it('gives the oldest candles it keeps when asked for older ones, and no forming one among closed', async () => {
    const query = { symbol: 'BTC/USD', timeframe: '1m', sinceMs: 0, limit: 719 } as const;
    const answer = await played.session.answer({ about: 'candles', query });
    const presentMs = openTimeAt('1m', exchange.timeMs);
    const closed = candlesFrom(presentMs - 719 * MINUTE, { nowMs: exchange.timeMs, timeframe: '1m', limit: 719 });
    expect(answer).toMatchObject({ ok: true, value: { closed } });
  });

  it('streams candles of two timeframes of one market apart, and lets REST confirm each close', async () => {
    await played.session.answer({ about: 'markets' });
    exchange.clock.start();
    const firstMs = openTimeAt('1m', exchange.timeMs);
    const wideMs = openTimeAt('5m', exchange.timeMs);
    played.session.watch({ symbol: 'BTC/USD', timeframe: '1m', afterMs: firstMs - MINUTE, watch: 1 });
    played.session.watch({ symbol: 'BTC/USD', timeframe: '5m', afterMs: wideMs - 5 * MINUTE, watch: 2 });
    await until('forming candles', () => played.forming('BTC/USD', '5m').length > 2);
    await until('both closes', () => played.closed('BTC/USD', '1m').length * played.closed('BTC/USD', '5m').length > 0);
    expect(exchange.timeMs).toBeGreaterThanOrEqual(firstMs + MINUTE + kraken.settleMs);
    expect(played.closed('BTC/USD', '1m')).toEqual([candleAt(firstMs, firstMs + MINUTE)]);
    expect(played.closed('BTC/USD', '5m')).toEqual([candleAt(wideMs, wideMs + 5 * MINUTE, '5m')]);
    expect(exchange.subscribed.sort()).toEqual(['BTC/USD 1', 'BTC/USD 5']);
    for (const timeframe of ['1m', '5m'] as const) {
      for (const [openMs, open] of played.forming('BTC/USD', timeframe)) {
        expect([timeframe, openMs, open]).toEqual([timeframe, openMs, candleAt(openMs, openMs, timeframe)[1]]);
      }
    }
    await until('live', () => played.events.findLast((event) => event.kind === 'status')?.state === 'live');
  });
});
