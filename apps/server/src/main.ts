import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeConfigFaults, loadConfig, readEnvironment, type Config } from '@wickworks/config';

const isBundled = import.meta.url.endsWith('.js');
const here = (path: string): URL => new URL(path, import.meta.url);

const config = loadConfig(readEnvironment());
if (config.ok) await run(config.value);
else {
  process.stderr.write(`The settings cannot be used:\n${describeConfigFaults(config.error)}\n`);
  process.exitCode = 2;
}

async function run(settings: Config): Promise<void> {
  const [{ startServer }, { realAdapters }, { openLog }] = await Promise.all([
    import('./start-server.js'),
    import('./adapters.js'),
    import('./log.js'),
  ]);
  const log = await openLog(settings.logLevel, process.env['NODE_ENV'] === 'development');
  const fatal = (error: unknown): void => {
    log.fatal({ err: error }, 'the process cannot go on');
    log.flush();
    process.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  try {
    const server = await startServer({
      config: settings,
      log,
      version: readVersion(),
      adapters: realAdapters({ exchangeWorkerUrl: isBundled ? here('./exchange-worker.js') : undefined }),
      webFolder: fileURLToPath(here('../../web/dist')),
      venueWorkerUrl: isBundled
        ? here('./venue-worker.js')
        : new URL('./worker.ts', import.meta.resolve('@wickworks/venue')),
      venueDataFolder: isBundled ? fileURLToPath(here('./venue-data')) : undefined,
    });
    stopOnSignal(server, log);
    process.stdout.write(`ready ${server.url}\n`);
  } catch (error) {
    process.stderr.write(`Wickworks cannot start: ${explain(error)}\n`);
    log.debug({ err: error }, 'start failed');
    process.exit(1);
  }
}

function stopOnSignal(server: { close(): Promise<void> }, log: { info(message: string): void; flush(): void }): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return;
    isStopping = true;
    log.info(`${signal}: stopping`);
    void server.close().then(() => {
      log.info('stopped');
      log.flush();
      process.exit(0);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** What a person can do something about; a bug shows in the log with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${String(error.port)} is in use; set WICK_PORT to a free one or stop the other program`;
  if ('code' in error && error.code === 'EACCES') return `${error.message}; choose another port or folder`;
  return error.message;
}

/** The version in the package file above this one, the same place in sources and bundle. */
function readVersion(): string {
  const json: unknown = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
  return typeof json === 'object' && json !== null && 'version' in json ? String(json.version) : 'unknown';
}
