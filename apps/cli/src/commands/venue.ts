import { once } from 'node:events';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { VENUE_CLOCKS } from '@wickworks/config';
import { err, ok } from '@wickworks/core';
import { readConfig, type CommandResult, type RegisterCommand, type World } from '../context.js';
import { failed } from '../failure.js';
import { parseNumber, parseTime } from '../options.js';

interface VenueFlags {
  readonly host?: string;
  readonly port?: number;
  readonly speed?: number;
  readonly seed?: number;
  readonly data?: string;
  readonly faults?: boolean;
  readonly clock?: (typeof VENUE_CLOCKS)[number];
  readonly start?: number;
  readonly json?: boolean;
}

function parseHost(text: string): string {
  if (/^[\w.:-]+$/.test(text)) return text;
  throw new InvalidArgumentError('Accepted: an IP address or host name to listen on.');
}

/** `wick venue`: the local venue alone, until it is stopped. */
export const venue: RegisterCommand = (parent, world, done) => {
  parent
    .command('venue')
    .description('run the local venue alone (Binance spot protocol over replayed market data) until Ctrl-C')
    .option('--host <host>', 'address to listen on; default 127.0.0.1', parseHost)
    .option('--port <port>', 'port, 0 for any free one; default WICK_VENUE_PORT or 8090', parsePort)
    .option('--speed <factor>', 'simulated seconds per second; default WICK_VENUE_SPEED or 1', parseSpeed)
    .option('--seed <number>', 'everything random follows from it; default 1', parseSeed)
    .option('--data <folder>', 'folder of further candle files EXCHANGE_SYMBOL_TIMEFRAME*.csv.gz')
    .option('--faults', 'open the fault injection API to this machine')
    .addOption(new Option('--clock <clock>', 'redated: the newest candle is now; historical').choices(VENUE_CLOCKS))
    .option('--start <time>', 'simulated time at the start (ms, date or time, UTC)', parseTime)
    .action((flags: VenueFlags) => done(runVenue(world, flags)));
};

const parsePort = parseNumber({ what: 'a port', min: 0, max: 65_535, whole: true });
const parseSpeed = parseNumber({ what: 'a number', min: 0, max: 100_000 });
const parseSeed = parseNumber({ what: 'a whole number', min: 0, max: 2 ** 32 - 1, whole: true });

async function runVenue(world: World, flags: VenueFlags): Promise<CommandResult> {
  const config = readConfig(world);
  if (!config.ok) return config;
  const settings = config.value.venue;
  const dataDir = flags.data === undefined ? settings.dataDir : resolve(world.cwd, flags.data);
  const { startVenue } = await import('@wickworks/venue');
  let running;
  try {
    running = await startVenue({
      port: flags.port ?? settings.port,
      speed: flags.speed ?? settings.speed,
      clock: flags.clock ?? settings.clock,
      faults: flags.faults ?? settings.faults,
      ...(flags.host === undefined ? {} : { host: flags.host }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.start === undefined ? {} : { startMs: flags.start }),
      ...(dataDir === null ? {} : { dataDir }),
      ...(world.bundle === undefined ? {} : { bundledDir: world.bundle.venueDataFolder }),
    });
  } catch (error) {
    // Market data or port, in the venue's own words for people.
    return err(failed(`the venue cannot start: ${error instanceof Error ? error.message : String(error)}`));
  }
  const ready = flags.json === true ? JSON.stringify({ state: 'ready', url: running.url }) : `ready ${running.url}`;
  world.out(`${ready}\n`);
  if (!world.signal.aborted) await once(world.signal, 'abort');
  await running.close();
  return ok({ json: { state: 'stopped', url: running.url }, text: 'stopped' });
}
