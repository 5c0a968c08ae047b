import { statfs } from 'node:fs/promises';
import type { HealthPart, HealthView } from '@wickworks/contracts';
import type { z } from 'zod';
import type { ExchangeFeed } from '../feed/exchange-feed.js';

type Part = z.infer<typeof HealthPart>;
type State = Part['state'];

const DISK_FREE_BYTES_MIN = 200e6;
const MEMORY_BYTES_MAX = 1.5 * 1024 * 1024 * 1024;
const STATES: readonly State[] = ['ok', 'degraded', 'failed'];

export interface HealthInput {
  readonly version: string;
  readonly dataDir: string;
  /** Rejects when the database does not answer. */
  readonly pingDatabase: () => Promise<void>;
  readonly exchanges: () => Iterable<ExchangeFeed>;
  /** Why candles cannot be stored now, or `null`. */
  readonly storeFault: () => string | null;
  readonly runningJobs: () => number;
  /** `null` when the venue is not ours to run. */
  readonly venue: () => Part | null;
}

/** Looks at every part the server depends on; the worst decides. */
export async function checkHealth(input: HealthInput): Promise<HealthView> {
  const parts: Record<string, Part> = {
    database: await databasePart(input),
    disk: await diskPart(input.dataDir),
    memory: memoryPart(),
    jobs: { state: 'ok', detail: `${input.runningJobs()} running` },
  };
  const venue = input.venue();
  if (venue) parts['venue'] = venue;
  for (const exchange of input.exchanges()) parts[`exchange ${exchange.id}`] = exchangePart(exchange);
  const worst = Math.max(...Object.values(parts).map((part) => STATES.indexOf(part.state)));
  return { state: STATES[worst] ?? 'failed', version: input.version, uptimeMs: process.uptime() * 1_000, parts };
}

async function databasePart(input: HealthInput): Promise<Part> {
  try {
    await input.pingDatabase();
  } catch (error) {
    return { state: 'failed', detail: error instanceof Error ? error.message : 'does not answer' };
  }
  const fault = input.storeFault();
  if (fault !== null) return { state: 'degraded', detail: `candles wait to be stored: ${fault}` };
  return { state: 'ok', detail: 'answers and takes writes' };
}

async function diskPart(dataDir: string): Promise<Part> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const freeBytes = bavail * bsize;
    const detail = `${(freeBytes / 1e9).toFixed(1)} GB free`;
    return { state: freeBytes < DISK_FREE_BYTES_MIN ? 'degraded' : 'ok', detail };
  } catch (error) {
    return { state: 'failed', detail: error instanceof Error ? error.message : 'cannot be read' };
  }
}

function memoryPart(): Part {
  const bytes = process.memoryUsage.rss();
  const detail = `${Math.round(bytes / 1024 / 1024)} MB in use`;
  return { state: bytes > MEMORY_BYTES_MAX ? 'degraded' : 'ok', detail };
}

/** An exchange that is away degrades the server: what is stored can still be read. */
function exchangePart({ status, marketsFault }: ExchangeFeed): Part {
  const detail = status.reason === '' ? status.state : `${status.state}: ${status.reason}`;
  if (marketsFault)
    return {
      state: 'degraded',
      detail: `${detail}; markets may be outdated, reloading failed: ${marketsFault.message}`,
    };
  return { state: status.state === 'live' || status.state === 'connecting' ? 'ok' : 'degraded', detail };
}
