import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { MS_PER_DAY } from '@wickworks/core';
import { WebSocketServer } from 'ws';
import { loadCatalog } from './replay/catalog.js';
import { SimulatedClock } from './replay/clock.js';
import { KeyBook } from './keys/key-book.js';
import { FaultBox } from './faults/fault-box.js';
import { FrameFaults } from './faults/frame-faults.js';
import { createHttpServer, readUrl } from './wire/http-server.js';
import { VenueMarkets, type VenueContext } from './wire/markets.js';
import { WEIGHT_PER_MINUTE } from './wire/rest/general.js';
import type { VenueSettings } from './settings.js';
import { StreamHub } from './wire/stream-hub.js';
import { WeightLimit } from './wire/weight-limit.js';
import { answerWsApi } from './wire/ws-api.js';

/** {@link VenueSettings} and, for tests, the wall clock. */
export interface VenueOptions extends VenueSettings {
  /** Ms UTC, default `Date.now`. */
  readonly nowMs?: () => number;
}

/** A venue that answers. */
export interface RunningVenue {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Simulated time, ms UTC. */
  nowMs(): number;
  /** Jumps ahead by `ms` of simulated time; resolves with the new time once all events due are sent. */
  advance(ms: number): Promise<number>;
  close(): Promise<void>;
}

const TELL_EVERY_MS = 50;
const BEAT_EVERY_MS = 1_000;
const LARGEST_FRAME_BYTES = 65_536;

/** Starts the venue; rejects with a message for people when its data or its port cannot be had. */
export async function startVenue(options: VenueOptions): Promise<RunningVenue> {
  const host = options.host ?? '127.0.0.1';
  const wallNowMs = options.nowMs ?? Date.now;
  const seed = options.seed ?? 1;
  const repeats = (options.clock ?? 'redated') === 'redated';
  const catalog = loadCatalog({
    bundledDir: options.bundledDir ?? fileURLToPath(new URL('../data', import.meta.url)),
    extraDir: options.dataDir,
    seed,
    repeats,
  });
  // Only files of the folder can be at fault: the bundled ones are ours.
  if (!catalog.ok) throw new Error(`WICK_VENUE_DATA is "${options.dataDir ?? ''}": ${catalog.error}`);
  const firstMs = catalog.value[0]?.sourceFromMs ?? 0;
  const startMs = options.startMs ?? (repeats ? wallNowMs() : firstMs + MS_PER_DAY);
  const clock = new SimulatedClock({ wallNowMs, startMs, speed: options.speed ?? 1 });
  const weightPerMinute = options.weightPerMinute ?? WEIGHT_PER_MINUTE;
  const faults = new FaultBox(wallNowMs);
  const context: VenueContext = {
    markets: new VenueMarkets(catalog.value),
    clock,
    repeats,
    weightPerMinute,
    publicNowMs: () => clock.nowMs() + faults.skewMs(),
  };
  const weights = new WeightLimit(weightPerMinute, wallNowMs);
  const hub = new StreamHub({ context, frames: new FrameFaults(faults, wallNowMs), wallNowMs });
  const advance = async (ms: number): Promise<number> => {
    clock.advance(ms);
    await hub.tellAll();
    return clock.nowMs();
  };
  const keys = new KeyBook(seed);
  const operator = { context, hub, seed, advance, faults, keys, wallNowMs, faultsOpen: options.faults ?? false };
  const server = createHttpServer({ context, weights, faults, operator, keys, wallNowMs });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES, autoPong: false });
  server.on('upgrade', (request, socket, head) => {
    const door = findDoor(readUrl(request));
    if (door === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    if (faults.strikes('drop-sockets', request.url ?? '', 'sockets')) {
      socket.destroy();
      return;
    }
    const address = request.socket.remoteAddress ?? '';
    sockets.handleUpgrade(request, socket, head, (client) => {
      if (door.kind === 'streams') hub.connect(client, door);
      else hub.connectCaller(client, (text) => answerWsApi(text, address, { context, weights }));
    });
  });
  await listen(server, host, options.port);
  const { port } = server.address() as AddressInfo;

  const telling = setInterval(() => void hub.tell(), TELL_EVERY_MS);
  const beating = setInterval(() => hub.beat(), BEAT_EVERY_MS);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    nowMs: () => clock.nowMs(),
    advance,
    close: async () => {
      clearInterval(telling);
      clearInterval(beating);
      hub.terminate(() => true);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Door =
  | { readonly kind: 'streams'; readonly combined: boolean; readonly names: readonly string[] }
  | { readonly kind: 'api' };

/** What a socket's address asks for; `undefined` for an address that does not exist. */
function findDoor(url: URL | undefined): Door | undefined {
  const path = url?.pathname.replace(/\/+$/, '') ?? '';
  if (path === '/ws-api/v3') return { kind: 'api' };
  if (path === '/stream') {
    // A plus is a plus here (`@kline_1d@+08:00`), not a space.
    const query = new URLSearchParams(url?.search.replaceAll('+', '%2B'));
    return { kind: 'streams', combined: true, names: (query.get('streams') ?? '').split('/').filter(Boolean) };
  }
  const raw = /^(?:\/stream)?\/ws(?:\/(.*))?$/.exec(path);
  if (raw === null) return undefined;
  const rest = (raw[1] ?? '').replaceAll('%40', '@');
  // A bare number only tells a client's connections apart.
  return { kind: 'streams', combined: false, names: /^\d*$/.test(rest) ? [] : rest.split('/') };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      const said = `port ${port} is in use; set WICK_VENUE_PORT to a free one or stop the other program`;
      reject(isTaken ? new Error(said, { cause: error }) : error);
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve();
    });
  });
}
