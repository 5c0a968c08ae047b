import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isLoopback, type Config } from '@wickworks/config';
import type { Logger } from 'pino';
import type { Adapters, OpenStore } from './adapters.js';
import { prepareBackfill } from './app/backfill.js';
import { deleteDataset, listDatasets } from './app/datasets.js';
import { checkHealth } from './app/health.js';
import { loadSecret } from './app/secret.js';
import { replayReader } from './app/venue-replay.js';
import { ExchangeFeed } from './feed/exchange-feed.js';
import { Feed } from './feed/feed.js';
import { StoreHealth } from './feed/store-health.js';
import { TickerBoard } from './feed/ticker-board.js';
import { httpApp } from './http/http-app.js';
import { Metrics } from './http/metrics.js';
import { isHostAllowed, isOriginAllowed, type OriginRules } from './http/origin.js';
import { EmbeddedVenue } from './jobs/embedded-venue.js';
import { JobBoard } from './jobs/job-board.js';
import { CandleBlocks } from './ws/candle-blocks.js';
import { Channels } from './ws/channels.js';
import { OhlcvSocket } from './ws/ohlcv-socket.js';
import { ResumeBook } from './ws/resume-book.js';
import { ResumeTokens } from './ws/resume-token.js';
import { Turn } from './ws/turn.js';

const LINGER_MS = 60_000;
const RESUME_KEPT_MS = 10 * 60_000;
const CLOSE_WITHIN_MS = 9_000;

export interface ServerOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly adapters: Adapters;
  /** Folder of the built web app. */
  readonly webFolder: string;
  /** The venue's worker thread, and the folder of its bundled data when that is not beside it. */
  readonly venueWorkerUrl: URL;
  readonly venueDataFolder: string | undefined;
  /** Wall clock, ms UTC. */
  readonly nowMs?: () => number;
}

export interface RunningServer {
  /** `http://host:port`. */
  readonly url: string;
  /** Base URL of the venue behind `local`, or `null`. */
  readonly venueUrl: string | null;
  /** Stops accepting, tells clients, stores what was received, ends every worker. */
  close(): Promise<void>;
}

/** Things to be closed in reverse order of their start. */
class Closers {
  readonly #closers: { name: string; close: () => Promise<void> | void }[] = [];
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(name: string, close: () => Promise<void> | void): void {
    this.#closers.push({ name, close });
  }

  /** Closes everything, whatever fails on the way, within the time a stop may take. */
  async closeAll(): Promise<void> {
    const all = async (): Promise<void> => {
      for (const { name, close } of this.#closers.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          this.#log.error({ err: error, part: name }, 'could not be stopped cleanly');
        }
      }
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#log.error('stopping took too long; the rest is abandoned');
        resolve();
      }, CLOSE_WITHIN_MS);
    });
    await Promise.race([all(), late]);
    clearTimeout(timer);
  }
}

/** Builds the parts, joins them and listens. Rejects, with everything stopped again, when a part cannot start. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const closers = new Closers(options.log);
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: ServerOptions, closers: Closers): Promise<RunningServer> {
  const { config, log, version, adapters } = options;
  const nowMs = options.nowMs ?? Date.now;
  const [store, secret, venue] = await settleAll([
    openStore(options, closers),
    loadSecret(config.secret, config.dataDir),
    startVenue(options, closers),
  ]);
  const venueUrl = config.venue.mode.kind === 'url' ? config.venue.mode.url : (venue?.url ?? null);

  const exchanges = await connectAll({ config, log, adapters, venueUrl, nowMs, closers });
  const health = new StoreHealth();
  const feed = new Feed({ exchanges, store: store.candles, health, nowMs, lingerMs: LINGER_MS, log });
  closers.add('feed', () => feed.close());
  const jobs = new JobBoard({ nowMs, log });
  closers.add('jobs', () => jobs.close());

  const metrics = new Metrics();
  const turn = new Turn();
  const resumes = new ResumeBook({ keepMs: RESUME_KEPT_MS, nowMs });
  const tickers = new Map([...exchanges].map(([id, exchange]) => [id, new TickerBoard(exchange)]));
  closers.add('tickers', () => {
    for (const board of tickers.values()) board.close();
  });
  const socket = new OhlcvSocket({
    turn,
    isOpenToAll: config.publicMarketData,
    context: {
      feed,
      channels: new Channels({ turn, meter: metrics.fanOut, nowMs }),
      blocks: new CandleBlocks(),
      tickers,
      tokens: new ResumeTokens(secret),
      resumes,
      nowMs,
      log,
    },
  });
  metrics.watch({
    nowMs,
    exchanges: () => exchanges.values(),
    clients: () => socket.clientCount,
    subscriptions: () => socket.subscriptionCount,
    series: () => feed.hubCount,
    storeFailures: () => health.failures,
  });

  const origins = { isLoopback: isLoopback(config.host), allowedOrigins: config.allowedOrigins };
  const app = httpApp({
    log,
    origins,
    isOpenToAll: config.publicMarketData,
    webFolder: options.webFolder,
    metrics,
    feed,
    jobs,
    datasets: {
      list: () => listDatasets(store.candles),
      delete: (key) => deleteDataset(store.candles, key),
      prepareBackfill: (request) => prepareBackfill(feed, request),
    },
    readReplay: replayReader(() => venueUrl),
    checkHealth: () =>
      checkHealth({
        version,
        dataDir: config.dataDir,
        pingDatabase: () => store.ping(),
        exchanges: () => exchanges.values(),
        storeFault: () => health.fault,
        runningJobs: () => jobs.runningCount,
        venue: () => venue?.health ?? null,
      }),
  });
  const server = createServer(app);
  server.on('upgrade', (request, tcp, head) => {
    if (request.url?.split('?')[0] !== '/ws/ohlcv') refuseUpgrade(tcp, '404 Not Found');
    else if (!mayConnect(request.headers, origins)) refuseUpgrade(tcp, '403 Forbidden');
    else socket.accept(request, tcp, head);
  });
  const url = await listen(server, config);
  closers.add('http and sockets', async () => {
    // Nobody new is let in while those who are here are told; the listener ends when the last socket has.
    const ended = stopListening(server);
    await socket.close();
    await ended;
  });
  return { url, venueUrl, close: () => closers.closeAll() };
}

/** Waits for all; rejects with the first failure only when none is still under way. */
async function settleAll<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<unknown> as Promise<T>;
}

async function openStore({ adapters, config }: ServerOptions, closers: Closers): Promise<OpenStore> {
  const store = await adapters.openStore(config);
  closers.add('database', () => store.close());
  return store;
}

async function startVenue(options: ServerOptions, closers: Closers): Promise<EmbeddedVenue | null> {
  const { config, log } = options;
  if (config.venue.mode.kind !== 'embedded' || !config.exchanges.includes('local')) return null;
  const { port, speed, clock, dataDir, faults } = config.venue;
  const venue = await EmbeddedVenue.start({
    log,
    workerUrl: options.venueWorkerUrl,
    options: {
      port,
      speed,
      clock,
      ...(faults && { faults }),
      ...(dataDir !== null && { dataDir }),
      ...(options.venueDataFolder !== undefined && { bundledDir: options.venueDataFolder }),
    },
  });
  closers.add('venue', () => venue.close());
  return venue;
}

async function connectAll(input: {
  config: Config;
  log: Logger;
  adapters: Adapters;
  venueUrl: string | null;
  nowMs: () => number;
  closers: Closers;
}): Promise<ReadonlyMap<string, ExchangeFeed>> {
  const { config, log, adapters, venueUrl, nowMs, closers } = input;
  const feeds = new Map<string, ExchangeFeed>();
  for (const id of config.exchanges) {
    if (id === 'local' && venueUrl === null) {
      log.warn('WICK_EXCHANGES names "local", but WICK_VENUE is off: there is no local exchange');
      continue;
    }
    const connection = await adapters.connect({ id, ...(id === 'local' && venueUrl !== null && { venueUrl }) }, log);
    const feed = new ExchangeFeed(connection, nowMs());
    feeds.set(id, feed);
    // Asked ahead, so that the first subscription does not wait for it; a failure is asked about again then.
    void Promise.all([feed.capabilities(), feed.markets()]);
  }
  closers.add('exchanges', async () => {
    await Promise.all([...feeds.values()].map((feed) => feed.close()));
  });
  return feeds;
}

const mayConnect = ({ origin, host }: IncomingHttpHeaders, rules: OriginRules): boolean =>
  isHostAllowed(host, rules) && isOriginAllowed(origin, host, rules);

function refuseUpgrade(tcp: Duplex, status: string): void {
  tcp.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: bound } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`);
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Idle keep-alive connections go at once, answers under way get a moment.
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}
