import { act, cleanup, render, screen } from '@testing-library/react';
import { Profiler } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DataProvider } from '../../data/data-provider.js';
import { createDataServices } from '../../data/data-services.js';
import { ChartPage } from './chart-page.js';

// jsdom has no canvas; what is counted here is React's work, and the chart does none for a tick.
vi.mock('../../chart/api/chart.js', () => ({ Chart: () => null }));

const MINUTE_MS = 60_000;
const OPEN_MS = 100 * MINUTE_MS;
const MARKETS = { exchange: 'local', symbol: 'BTC/USDT' };

/** The server's end of `/ws/ohlcv`, scripted. */
class ScriptedSocket {
  static last: ScriptedSocket | undefined;
  binaryType = 'blob';
  readyState = 0;
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: unknown) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  /** Subscription and next seq by kind of operation. */
  readonly streams = new Map<string, { subscription: string; seq: number }>();

  constructor() {
    ScriptedSocket.last = this;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.({});
      this.say({ kind: 'hello', protocol: 1, serverTimeMs: OPEN_MS, heartbeatMs: 15_000 });
    });
  }

  send(text: string): void {
    const message = JSON.parse(text) as { op: string; id: string };
    // As over a wire: never while the client is still inside its own send.
    queueMicrotask(() => this.answer(message));
  }

  private answer(message: { op: string; id: string }): void {
    if (message.op !== 'subscribe' && message.op !== 'tickers') return;
    const subscription = `s-${message.op}`;
    this.streams.set(message.op, { subscription, seq: 0 });
    this.say({ kind: 'subscribed', id: message.id, subscription, resumeToken: 'token' });
    if (message.op === 'subscribe') {
      this.say({ kind: 'status', exchange: 'local', state: 'live', sinceMs: 0, lastMessageMs: OPEN_MS });
      this.stream('subscribe', { kind: 'snapshot', candles: [[OPEN_MS, 10, 11, 9, 10, 1]], gaps: [], forming: true });
    }
  }

  close(): void {
    this.readyState = 3;
  }

  stream(op: string, body: object): void {
    const stream = this.streams.get(op);
    if (stream === undefined) throw new Error(`nothing subscribed with ${op}`);
    this.say({ ...body, subscription: stream.subscription, seq: stream.seq++ });
  }

  private say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

beforeEach(() => {
  // Clocks and ages render once per second by design; they stand still here.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  // jsdom drives its frames with an interval, which now stands still too.
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => setTimeout(() => run(performance.now()), 1));
  vi.stubGlobal('WebSocket', ScriptedSocket);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"items":[],"nextCursor":null}', { status: 200 })));
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: media.includes('1024'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  localStorage.setItem(
    'wickworks.workspace',
    JSON.stringify({ version: 1, workspace: { ...MARKETS, timeframe: '1m', watchlist: [MARKETS], tableOpen: false } }),
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
});

it('renders nothing for a candle tick, and one row for a ticker', async () => {
  const services = createDataServices({ baseUrl: 'http://wick.test', storage: localStorage });
  let commits = 0;
  render(
    <DataProvider services={services}>
      <MemoryRouter>
        <Profiler id="page" onRender={() => commits++}>
          <ChartPage />
        </Profiler>
      </MemoryRouter>
    </DataProvider>,
  );
  const store = services.series.get({ ...MARKETS, timeframe: '1m' });
  await vi.waitFor(() => expect(store.state.phase).toBe('live'));
  const socket = ScriptedSocket.last;
  await vi.waitFor(() => expect(socket?.streams.has('tickers')).toBe(true));
  await act(() => import('../../features/watchlist/watchlist.js'));
  await screen.findByRole('heading', { name: 'Watchlist' }, { timeout: 20_000 });
  await act(nextFrame);
  await act(nextFrame);

  const settled = commits;
  const versionBefore = store.getVersion();
  for (let tick = 1; tick <= 50; tick++) {
    await act(async () => {
      socket?.stream('subscribe', {
        kind: 'candle',
        candle: [OPEN_MS, 10, 20, 9, 10 + tick / 100, tick],
        closed: false,
      });
      await nextFrame();
    });
  }
  expect(store.candles.close[0]).toBe(10.5);
  expect(store.getVersion()).toBeGreaterThanOrEqual(versionBefore + 50);
  expect(commits - settled).toBe(0);

  await act(async () => {
    socket?.stream('tickers', { kind: 'tickers', tickers: [['BTC/USDT', 10.5, 0.0123, 1_000, OPEN_MS]] });
    await nextFrame();
  });
  expect(screen.getAllByText('+1.23 %').length).toBeGreaterThan(0);
  expect(commits - settled).toBe(1);
  services.client.close();
});
