import type { IncomingHttpHeaders, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { isLoopback, type Config } from '@wickworks/config';
import { BackfillRequest, TradesBackfillRequest } from '@wickworks/contracts';
import { err } from '@wickworks/core';
import type { Logger } from 'pino';
import type { Adapters, OpenStore } from './adapters.js';
import { prepareBackfill } from './app/backfill.js';
import { Backtests } from './app/backtests.js';
import { deleteDataset, importDataset, listCorrections, listDatasets } from './app/datasets.js';
import { DocumentCheck } from './app/document-check.js';
import { checkHealth, type HealthInput } from './app/health.js';
import { openAuth } from './auth/auth.js';
import { clientAddress } from './auth/client-address.js';
import { PROOF_JOB, Proofs } from './app/proofs.js';
import { BACKFILL_JOB, resumeBackfill, TRADES_BACKFILL_JOB } from './app/resume-backfill.js';
import { Strategies } from './app/strategies.js';
import { StrategySignals } from './app/strategy-signals.js';
import { deleteTrades, importTradeFile, listTrades, readTape } from './app/trades.js';
import { prepareTradesBackfill } from './app/trades-backfill.js';
import { replayReader } from './app/venue-replay.js';
import type { Closers } from './closers.js';
import { ExchangeFeed } from './feed/exchange-feed.js';
import { Feed } from './feed/feed.js';
import { keepMarketsFresh, type MarketReload } from './feed/keep-markets-fresh.js';
import { StoreHealth } from './feed/store-health.js';
import { TickerBoard } from './feed/ticker-board.js';
import type { DatasetUseCases } from './http/datasets-router.js';
import { httpApp } from './http/http-app.js';
import { Metrics } from './http/metrics.js';
import { MemoryCounter, SharedCounter, type RequestCounter } from './http/request-counter.js';
import { isHostAllowed, isOriginAllowed, type OriginRules } from './http/origin.js';
import type { TradeUseCases } from './http/trades-router.js';
import { BacktestPool } from './jobs/backtest-pool.js';
import { JobBoard } from './jobs/job-board.js';
import { stopListening, type Handlers } from './listener.js';
import { CandleBlocks } from './ws/candle-blocks.js';
import { ConnectionCaps } from './ws/connection-caps.js';
import { Channels } from './ws/channels.js';
import { eventTopics } from './ws/event-topics.js';
import { EventsSocket } from './ws/events-socket.js';
import { OhlcvSocket } from './ws/ohlcv-socket.js';
import { ResumeBook } from './ws/resume-book.js';
import { ResumeTokens } from './ws/resume-token.js';
import { Turn } from './ws/turn.js';
import { Doorkeeper } from './ws/visitor.js';

const NOT_THERE = { kind: 'unavailable', message: 'this exchange is not connected', retryable: true } as const;
const LINGER_MS = 60_000;
const RESUME_KEPT_MS = 10 * 60_000;
const MARKET_RELOAD: MarketReload = { everyMs: 3_600_000, retryMs: 300_000 };

export interface AssembleInput {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly adapters: Adapters;
  /** Folder of the built web app. */
  readonly webFolder: string;
  /** Code of the threads that backtests run in. */
  readonly backtestWorkerUrl: URL;
  readonly nowMs: () => number;
  /** How often the exchanges are asked for their markets anew; default: hourly. */
  readonly marketReload?: MarketReload;
  readonly store: OpenStore;
  readonly secret: string;
  /** Base URL of the venue behind `local`, or `null`. */
  readonly venueUrl: string | null;
  readonly venueHealth: HealthInput['venue'];
  /** Listens already. */
  readonly listener: Server;
  readonly closers: Closers;
}

/** A server that can answer. */
export interface Assembled {
  readonly handlers: Handlers;
  /** What makes its holder the first admin; `null` when there are accounts. */
  readonly setupToken: string | null;
}

/** Builds the parts of a server over what the start found out, and joins them. */
export async function assemble(input: AssembleInput): Promise<Assembled> {
  const { config, log, nowMs, store, secret, venueUrl, closers } = input;
  const auth = await openAuth({ config, stores: store.accounts, secret, nowMs, log });
  closers.add('mail', () => auth.close());
  const health = new StoreHealth();
  const exchanges = await connectAll(input, health);
  auth.credentials.connect((id, keys) => exchanges.get(id)?.keyPermissions(keys) ?? Promise.resolve(err(NOT_THERE)));
  const feed = new Feed({ exchanges, store: store.candles, health, nowMs, lingerMs: LINGER_MS, log });
  closers.add('feed', () => feed.close());
  const jobs = new JobBoard({ store: store.jobs, nowMs, log });
  closers.add('jobs', () => jobs.close());
  const stores = store.strategies;
  const pool = new BacktestPool(input.backtestWorkerUrl);
  const check = new DocumentCheck(input.backtestWorkerUrl);
  const proofs = new Proofs({ stores, candles: store.candles, jobs, check, pool, nowMs });
  const signals = new StrategySignals({
    stores,
    check,
    feed,
    candles: store.candles,
    workerUrl: input.backtestWorkerUrl,
    log,
  });
  const strategies = new Strategies({ stores, check, proofs, signals, nowMs });
  const { candles, trades } = store;
  const backtests = new Backtests({ stores, strategies, check, feed, candles, trades, jobs, pool, nowMs });
  const datasets: DatasetUseCases = {
    list: () => listDatasets(store.candles),
    corrections: (key, limit, beforeId) => listCorrections(store.candles, key, limit, beforeId),
    delete: (key) => deleteDataset(store.candles, key),
    import: (key, csv) => importDataset(store.candles, key, csv, nowMs()),
    prepareBackfill: (wanted) => prepareBackfill({ feed, store: store.candles, nowMs }, wanted),
  };
  const tapes: TradeUseCases = {
    list: () => listTrades(trades),
    tape: (key, wish, place) => readTape(trades, key, wish, place),
    delete: (key) => deleteTrades(trades, key),
    import: (facts, csv) => importTradeFile(trades, facts, csv),
    prepareBackfill: (wanted) => prepareTradesBackfill({ feed, store: trades }, wanted),
  };
  closers.add('running strategies', () => signals.close());
  await stores.backtests.failInterrupted();
  await jobs.recall({
    [BACKFILL_JOB]: resumeBackfill(BackfillRequest, (wanted) => datasets.prepareBackfill(wanted)),
    [TRADES_BACKFILL_JOB]: resumeBackfill(TradesBackfillRequest, (wanted) => tapes.prepareBackfill(wanted)),
    [PROOF_JOB]: proofs.resume,
  });
  // In the background: an exchange that does not answer must not keep the server from answering.
  void signals.resume().catch((error: unknown) => log.error({ err: error }, 'running strategies were not resumed'));

  const metrics = new Metrics();
  const turn = new Turn();
  const resumes = new ResumeBook({ keepMs: RESUME_KEPT_MS, nowMs });
  const tickers = new Map([...exchanges].map(([id, exchange]) => [id, new TickerBoard(exchange)]));
  closers.add('tickers', () => {
    for (const board of tickers.values()) board.close();
  });
  const socket = new OhlcvSocket({
    turn,
    context: {
      feed,
      channels: new Channels({ turn, meter: metrics.fanOut, nowMs }),
      blocks: new CandleBlocks(),
      tickers,
      signals,
      tokens: new ResumeTokens(secret),
      resumes,
      nowMs,
      log,
    },
  });
  const events = new EventsSocket({ topics: eventTopics({ jobs, feed }), nowMs, log });
  metrics.watch({
    nowMs,
    exchanges: () => exchanges.values(),
    clients: () => socket.clientCount + events.clientCount,
    subscriptions: () => socket.subscriptionCount,
    series: () => feed.hubCount,
    storeFailures: () => health.failures,
  });

  const counter = await openCounter(input);
  const origins = { isLoopback: isLoopback(config.host), allowedOrigins: config.allowedOrigins };
  const request = httpApp({
    log,
    version: input.version,
    origins,
    auth,
    isMarketDataPublic: config.publicMarketData,
    trustedProxies: config.trustedProxies,
    isBehindTls: config.publicUrl?.startsWith('https:') === true,
    nowMs,
    webFolder: input.webFolder,
    counter,
    metrics,
    feed,
    jobs,
    datasets,
    trades: tapes,
    strategies,
    documents: check,
    proofs,
    signals,
    backtests,
    readReplay: replayReader(() => venueUrl),
    checkHealth: () =>
      checkHealth({
        version: input.version,
        dataDir: config.dataDir,
        pingDatabase: () => store.ping(),
        exchanges: () => exchanges.values(),
        storeFault: () => health.fault,
        runningJobs: () => jobs.runningCount,
        venue: input.venueHealth,
      }),
  });
  closers.add('http and sockets', async () => {
    // Nobody new is let in while those who are here are told; the listener ends when the last socket has.
    const ended = stopListening(input.listener);
    await Promise.all([socket.close(), events.close()]);
    await ended;
  });
  const doorkeeper = new Doorkeeper({ ...auth, isMarketDataPublic: config.publicMarketData });
  const caps = new ConnectionCaps();
  const upgrade: Handlers['upgrade'] = (handshake, tcp, head) => {
    const path = handshake.url?.split('?')[0]?.replace(/\/$/, '');
    const door = path === '/ws/ohlcv' ? socket : path === '/ws/events' ? events : null;
    if (!door) {
      refuseUpgrade(tcp, '404 Not Found');
      return;
    }
    const address = clientAddress(handshake, config.trustedProxies);
    const leave = mayConnect(handshake.headers, origins) ? caps.enter(address) : undefined;
    if (!leave) {
      refuseUpgrade(tcp, leave === null ? '429 Too Many Requests' : '403 Forbidden');
      return;
    }
    tcp.once('close', leave);
    // A client may go away while it is found out who it is.
    const gone = (): void => void tcp.destroy();
    tcp.on('error', gone);
    const meet = async (): Promise<void> => {
      const visitor = await doorkeeper.meet(handshake, address);
      tcp.off('error', gone);
      if (!visitor.ok) refuseUpgrade(tcp, '401 Unauthorized');
      else if (!tcp.destroyed) door.accept(handshake, tcp, head, visitor.value);
    };
    meet().catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be opened');
      tcp.destroy();
    });
  };
  return { handlers: { request, upgrade }, setupToken: auth.setup.token };
}

/** Limits are shared with the other processes where there is a Redis. */
async function openCounter({ config, nowMs, log, closers }: AssembleInput): Promise<RequestCounter> {
  const own = new MemoryCounter(nowMs);
  if (config.redisUrl === null) return own;
  const shared = await SharedCounter.open(config.redisUrl, own, log);
  closers.add('limits', () => shared.close());
  return shared;
}

async function connectAll(input: AssembleInput, health: StoreHealth): Promise<ReadonlyMap<string, ExchangeFeed>> {
  const { config, log, adapters, venueUrl, nowMs, closers } = input;
  const feeds = new Map<string, ExchangeFeed>();
  for (const id of config.exchanges) {
    if (id === 'local' && venueUrl === null) {
      log.warn('WICK_EXCHANGES names "local", but WICK_VENUE is off: there is no local exchange');
      continue;
    }
    const connection = await adapters.connect({ id, ...(id === 'local' && venueUrl !== null && { venueUrl }) }, log);
    const feed = new ExchangeFeed(connection, health, nowMs());
    feeds.set(id, feed);
    // Asked ahead, so that the first subscription does not wait for it; a failure is asked about again then.
    void Promise.all([feed.capabilities(), feed.markets()]);
  }
  const stopReloading = keepMarketsFresh(feeds.values(), { ...(input.marketReload ?? MARKET_RELOAD), log });
  closers.add('exchanges', async () => {
    stopReloading();
    await Promise.all([...feeds.values()].map((feed) => feed.close()));
  });
  return feeds;
}

const mayConnect = ({ origin, host }: IncomingHttpHeaders, rules: OriginRules): boolean =>
  isHostAllowed(host, rules) && isOriginAllowed(origin, host, rules);

function refuseUpgrade(tcp: Duplex, status: string): void {
  tcp.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
