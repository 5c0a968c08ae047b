import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { loadCcxtClass } from './ccxt-class.js';
import { Session } from './session.js';
import { EXCHANGE_INFO } from './testing/exchange-info.js';
import { startFrameServer, type FrameServer } from './testing/frame-server.js';
import { until } from './testing/listen.js';
import { local } from './venues/local.js';

let server: FrameServer;
afterEach(() => server.close());

const [BTC] = EXCHANGE_INFO.symbols;
const WITH_ETH = { ...EXCHANGE_INFO, symbols: [BTC, { ...BTC, symbol: 'ETHUSDT', baseAsset: 'ETH' }] };

it('closed while its markets load anew, it dials no more', async () => {
  let onReload: (() => void) | null = null;
  server = await startFrameServer({
    get: (path) => {
      if (!path.endsWith('/exchangeInfo')) return path.endsWith('/time') ? { serverTime: Date.now() } : undefined;
      onReload?.();
      return onReload ? WITH_ETH : EXCHANGE_INFO;
    },
    frame: () => undefined,
  });
  const config = { id: 'local', venueUrl: server.url };
  const session = new Session(config, local, await loadCcxtClass(local.ccxtId), () => undefined);
  session.watchTickers(['BTC/USDT', 'ETH/USDT']);
  await until('the socket of the tickers', () => server.sockets() === 1);
  // Of the new listing a ticker is wanted: the set changes, which would open a socket for it.
  let closing: Promise<void> | undefined;
  onReload = () => {
    closing ??= session.close();
  };
  expect(await session.answer({ about: 'reload' })).toMatchObject({ ok: false, error: { kind: 'closed' } });
  await closing;
  await until('its socket to go', () => server.sockets() === 0);
  // Whoever dialled before this one would be counted before it.
  const later = new WebSocket(server.url.replace('http', 'ws'));
  await once(later, 'open');
  expect(server.dialled()).toBe(2);
});

it('closed, it takes no wish for tickers', async () => {
  server = await startFrameServer({
    get: (path) => (path.endsWith('/exchangeInfo') ? EXCHANGE_INFO : { serverTime: Date.now() }),
    frame: () => undefined,
  });
  const config = { id: 'local', venueUrl: server.url };
  const session = new Session(config, local, await loadCcxtClass(local.ccxtId), () => undefined);
  expect(await session.answer({ about: 'markets' })).toMatchObject({ ok: true });
  await session.close();
  session.watchTickers(['BTC/USDT']);
  const later = new WebSocket(server.url.replace('http', 'ws'));
  await once(later, 'open');
  expect(server.dialled()).toBe(1);
});
