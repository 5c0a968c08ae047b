// What is imported here, and by those, is loaded before the server is ready: nothing heavy.
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import {
  describeConfigFaults,
  misspeltVariables,
  loadConfig,
  readEnvironment,
  readVersion,
  variablesOfFile,
  type Config,
  type ConfigFault,
} from '@wickworks/config';
import { isCcxtId } from '@wickworks/exchange/ccxt-ids';
import { realAdapters } from './adapters.js';
import { startServer } from './start-server.js';

// What the server writes (database, keys, backups) is for its owner alone.
process.umask(0o077);

const isBundled = import.meta.url.endsWith('.js');
const here = (path: string): URL => new URL(path, import.meta.url);

const environment = readEnvironment();
for (const line of misspeltVariables(environment)) process.stderr.write(`warning: ${line}\n`);
const config = loadConfig(environment, undefined, variablesOfFile());
const faults = config.ok ? exchangeFaults(config.value) : config.error;
if (config.ok && faults.length === 0) await run(config.value);
else {
  process.stderr.write(`The settings cannot be used:\n${describeConfigFaults(faults)}\n`);
  process.exitCode = 2;
}

/** Exchanges that nobody knows: only CCXT can tell, which the settings know nothing of. */
function exchangeFaults({ exchanges }: Config): ConfigFault[] {
  const unknown = exchanges.filter((id) => id !== 'local' && !isCcxtId(id));
  const accepted = 'local and the ids of CCXT, such as binance, kraken or mexc';
  return unknown.map((given) => ({ variable: 'WICK_EXCHANGES', given, accepted }));
}

async function run(settings: Config): Promise<void> {
  // Loaded when there is something to write, once.
  let log: Promise<Logger> | undefined;
  const openLog = (): Promise<Logger> =>
    (log ??= import('./log.js').then((module) =>
      module.openLog(settings.logLevel, process.env['NODE_ENV'] === 'development'),
    ));
  const fatal = (error: unknown): void => {
    const end = (opened: Logger): void => {
      opened.fatal({ err: error }, 'the process cannot go on');
      opened.flush();
      process.exit(1);
    };
    openLog().then(end, () => process.exit(1));
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  try {
    const server = await startServer({
      config: settings,
      openLog,
      version: readVersion(here('../package.json')),
      adapters: realAdapters({ exchangeWorkerUrl: isBundled ? here('./exchange-worker.js') : undefined }),
      webFolder: fileURLToPath(here('../../web/dist')),
      backtestWorkerUrl: isBundled ? here('./backtest-worker.js') : here('./jobs/backtest-worker.ts'),
      venueWorkerUrl: isBundled
        ? here('./venue-worker.js')
        : new URL('./worker.ts', import.meta.resolve('@wickworks/venue')),
      venueDataFolder: isBundled ? fileURLToPath(here('./venue-data')) : undefined,
    });
    stopOnSignal(server, openLog);
    process.stdout.write(`ready ${server.url}\n`);
    const { setupToken } = await server.assembled;
    if (setupToken !== null) process.stdout.write(firstVisit(server.url, setupToken, settings.dataDir));
  } catch (error) {
    process.stderr.write(`Wickworks cannot start: ${explain(error)}\n`);
    if (settings.logLevel === 'debug') (await openLog()).debug({ err: error }, 'start failed');
    process.exit(1);
  }
}

function stopOnSignal(server: { close(): Promise<void> }, openLog: () => Promise<Logger>): void {
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const log = await openLog();
    log.info(`${signal}: stopping`);
    await server.close();
    log.info('stopped');
    log.flush();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

/** Who reads the terminal, or the data folder, may make the first account; nobody else on the network can. */
function firstVisit(url: string, token: string, dataDir: string): string {
  return `no account yet: ${url}/setup creates the admin with the setup token ${token} (also in ${dataDir}/setup-token)\n`;
}

/** What a person can do something about; a bug shows in the log with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${String(error.port)} is in use; set WICK_PORT to a free one or stop the other program`;
  if ('code' in error && (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL'))
    return `WICK_HOST names no address of this machine (${error.message})`;
  if ('code' in error && error.code === 'EACCES') return `${error.message}; choose another port or folder`;
  return error.message;
}
