import { loadSecret } from '@wickworks/accounts/root-secret';
import type { Config } from '@wickworks/config';
import { isDatabaseReady, loadLibsql, lockFolder, makeFolder } from '@wickworks/db/preflight';
import type { Logger } from 'pino';
import type { Adapters, OpenStore } from './adapters.js';
import { Closers } from './closers.js';
import { folderInUse, folderUnusable } from './folder-in-use.js';
import type { MarketReload } from './feed/keep-markets-fresh.js';
import type { EmbeddedVenue } from './jobs/embedded-venue.js';
import { listen, stopListening, waitingListener, type Patience } from './listener.js';

export interface ServerOptions {
  readonly config: Config;
  /** Called when there may be something to write, at the latest before the first request is answered. */
  readonly openLog: () => Promise<Logger>;
  readonly version: string;
  readonly adapters: Adapters;
  /** Folder of the built web app. */
  readonly webFolder: string;
  /** Code of the threads that backtests run in. */
  readonly backtestWorkerUrl: URL;
  /** The venue's worker thread, and the folder of its bundled data when that is not beside it. */
  readonly venueWorkerUrl: URL;
  readonly venueDataFolder: string | undefined;
  /** Wall clock, ms UTC. */
  readonly nowMs?: () => number;
  readonly patience?: Patience;
  /** How often exchanges are asked for their markets anew; default: hourly. */
  readonly marketReload?: MarketReload;
}

export interface RunningServer {
  /** `http://host:port`. */
  readonly url: string;
  /** Base URL of the venue behind `local`, or `null`. */
  readonly venueUrl: string | null;
  /**
   * Resolves when every part is built (requests wait for it) with what makes its holder the first admin, `null` when
   * there are accounts; rejects, all stopped again, when a part cannot be built.
   */
  readonly assembled: Promise<{ readonly setupToken: string | null }>;
  /** Stops accepting, tells clients, stores what was received, ends every worker. */
  close(): Promise<void>;
}

/**
 * Finds out all that can keep the server from running (another one in its folder, the database, the venue, the
 * port), then listens; the parts are built right after, and whoever connects before that waits. Rejects, with
 * everything stopped again, when it cannot run.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const closers = new Closers(options.openLog);
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: ServerOptions, closers: Closers): Promise<RunningServer> {
  const { config } = options;
  claimFolder(config, closers);
  const [openStore, secret, venue] = await settleAll([
    findStore(options, closers),
    loadSecret(config.secret, config.dataDir),
    startVenue(options, closers),
  ]);
  const venueUrl = config.venue.mode.kind === 'url' ? config.venue.mode.url : (venue?.url ?? null);

  const listener = waitingListener(options.patience);
  closers.add('listener', () => stopListening(listener.server));
  const url = await listen(listener.server, config);
  const build = async (): Promise<{ setupToken: string | null }> => {
    await new Promise((resolve) => setImmediate(resolve)); // whoever waits for the start hears of it first
    const [log, store, { assemble }] = await settleAll([options.openLog(), openStore(), import('./assemble.js')]);
    const { version, adapters, webFolder, backtestWorkerUrl, nowMs = Date.now } = options;
    const found = {
      config,
      log,
      version,
      adapters,
      webFolder,
      backtestWorkerUrl,
      nowMs,
      store,
      secret,
      venueUrl,
      closers,
      ...(options.marketReload && { marketReload: options.marketReload }),
    };
    const venueHealth = (): EmbeddedVenue['health'] | null => venue?.health ?? null;
    const { handlers, setupToken } = await assemble({ ...found, venueHealth, listener: listener.server });
    listener.serve(handlers);
    return { setupToken };
  };
  const assembled = build().catch(async (error: unknown) => {
    listener.giveUp();
    await closers.closeAll();
    throw error;
  });
  assembled.catch(() => undefined); // told to those who ask
  const close = async (): Promise<void> => {
    await assembled.catch(() => undefined);
    await closers.closeAll();
  };
  return { url, venueUrl, assembled, close };
}

/** Waits for all; rejects with the first failure only when none is still under way. */
async function settleAll<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<unknown> as Promise<T>;
}

/** Servers joined by Redis may share a folder; others would undo each other's work. */
function claimFolder({ dataDir, redisUrl }: Config, closers: Closers): void {
  loadLibsql(); // a driver that cannot be loaded is no fault of the folder
  let lock;
  try {
    if (redisUrl !== null) {
      makeFolder(dataDir);
      return;
    }
    lock = lockFolder(dataDir);
  } catch (error) {
    throw new Error(folderUnusable(dataDir, error), { cause: error });
  }
  if (!lock) throw new Error(folderInUse(dataDir));
  closers.add('folder', () => lock.release());
}

/** How to open the database; it is opened here and now unless it is certain that it can be later. */
async function findStore({ adapters, config }: ServerOptions, closers: Closers): Promise<() => Promise<OpenStore>> {
  const open = async (): Promise<OpenStore> => {
    const store = await adapters.openStore(config);
    closers.add('database', () => store.close());
    return store;
  };
  if (isDatabaseReady(config.database)) return open;
  const store = await open();
  return () => Promise.resolve(store);
}

async function startVenue(options: ServerOptions, closers: Closers): Promise<EmbeddedVenue | null> {
  const { config } = options;
  if (config.venue.mode.kind !== 'embedded' || !config.exchanges.includes('local')) return null;
  const { port, speed, clock, dataDir, faults } = config.venue;
  const [{ EmbeddedVenue }, log] = await Promise.all([import('./jobs/embedded-venue.js'), options.openLog()]);
  const starting = EmbeddedVenue.start({
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
  // While its thread starts this one has time; a failure to load shows when the parts are built.
  import('./assemble.js').catch(() => undefined);
  const venue = await starting;
  closers.add('venue', () => venue.close());
  return venue;
}
