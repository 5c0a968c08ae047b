import { rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '@wickworks/config';
import { ok } from '@wickworks/core';
import { DatabaseError, openDatabase } from '@wickworks/db';
import { makeFolder } from '@wickworks/db/preflight';
import { readConfig, type CommandResult, type RegisterCommand, type World } from '../context.js';
import { table } from '../text.js';

interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

const NODE_OLDEST: readonly [major: number, minor: number] = [20, 18];
const DISK_LOW_BYTES = 1e9;
const DISK_OUT_BYTES = 50e6;
/** When this was written: a clock behind it is wrong. */
const CLOCK_OLDEST_MS = Date.UTC(2026, 10, 1);
const SERVER_ANSWERS_WITHIN_MS = 1_000;

/** `wick doctor`: is everything there that Wickworks needs? Exit 1 when a check fails. */
export const doctor: RegisterCommand = (parent, world, done) => {
  parent
    .command('doctor')
    .description('check Node, settings, data folder, database, disk, ports and clock')
    .action(() => done(examine(world)));
};

async function examine(world: World): Promise<CommandResult> {
  const config = readConfig(world);
  const checks: Check[] = [checkNode(), checkClock(world)];
  if (config.ok) {
    checks.push({ name: 'settings', state: 'ok', detail: 'all accepted' });
    const folder = await checkDataDir(config.value);
    checks.push(folder);
    if (folder.state === 'ok') checks.push(await checkDisk(config.value));
    checks.push(...(await checkDatabase(config.value)));
    const { host, port, venue } = config.value;
    checks.push(await checkPort('server port', host, port));
    if (venue.mode.kind === 'embedded') checks.push(await checkPort('venue port', '127.0.0.1', venue.port));
  } else {
    checks.push({ name: 'settings', state: 'failed', detail: config.error.message });
  }
  const sound = checks.every((check) => check.state !== 'failed');
  const rows = checks.map(({ name, state, detail }) => [name, state, detail]);
  return ok({ json: { sound, checks }, text: table(['check', 'state', 'detail'], rows), sound });
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > NODE_OLDEST[0] || (major === NODE_OLDEST[0] && minor >= NODE_OLDEST[1]);
  const detail = `Node ${process.versions.node}${recent ? '' : `; needed: ${NODE_OLDEST.join('.')} or newer`}`;
  return { name: 'node', state: recent ? 'ok' : 'failed', detail };
}

function checkClock(world: World): Check {
  const now = new Date(world.nowMs());
  const plausible = now.getTime() >= CLOCK_OLDEST_MS;
  const detail = `${now.toISOString()}${plausible ? '' : ' is in the past: set the system clock'}`;
  return { name: 'clock', state: plausible ? 'ok' : 'failed', detail };
}

async function checkDataDir({ dataDir }: Config): Promise<Check> {
  const probe = join(dataDir, `.doctor-${process.pid}`);
  try {
    makeFolder(dataDir);
    await writeFile(probe, '');
    await rm(probe);
    return { name: 'data folder', state: 'ok', detail: `${dataDir} is writable` };
  } catch (error) {
    return { name: 'data folder', state: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
}

async function checkDisk({ dataDir }: Config): Promise<Check> {
  const { bavail, bsize } = await statfs(dataDir);
  const freeBytes = bavail * bsize;
  const state = freeBytes < DISK_OUT_BYTES ? 'failed' : freeBytes < DISK_LOW_BYTES ? 'warning' : 'ok';
  return { name: 'disk', state, detail: `${(freeBytes / 1e9).toFixed(1)} GB free` };
}

async function checkDatabase({ database: settings }: Config): Promise<Check[]> {
  let database;
  try {
    database = await openDatabase(settings);
    const { migrations, pragmas, replica, ...checked } = await database.status();
    const faults = checked.faults ?? [];
    const pending = migrations.pending > 0;
    const walOff = pragmas['journal_mode'] !== undefined && pragmas['journal_mode'] !== 'wal';
    return [
      {
        name: 'database',
        state: faults.length > 0 ? 'failed' : replica === 'offline' ? 'warning' : 'ok',
        detail: faults.length > 0 ? faults.join('; ') : `opens${replica === 'none' ? '' : `, replica ${replica}`}`,
      },
      {
        name: 'schema',
        state: pending ? 'warning' : 'ok',
        detail: pending ? `${migrations.pending} pending, applied at the next start` : `${migrations.applied} applied`,
      },
      {
        name: 'pragmas',
        state: walOff ? 'warning' : 'ok',
        detail:
          Object.entries(pragmas)
            .map(([name, value]) => `${name}=${value}`)
            .join(' ') || 'set by the server',
      },
    ];
  } catch (error) {
    if (error instanceof DatabaseError) return [{ name: 'database', state: 'failed', detail: error.message }];
    throw error;
  } finally {
    await database?.close();
  }
}

/** Free is good, and so is taken by Wickworks itself. */
async function checkPort(name: string, host: string, port: number): Promise<Check> {
  if (port === 0) return { name, state: 'ok', detail: 'any free port' };
  const refusal = await tryPort(host, port);
  if (refusal === null) return { name, state: 'ok', detail: `${host}:${port} is free` };
  const answering = refusal === 'EADDRINUSE' && (await answersAsOurs(host, port));
  if (answering) return { name, state: 'ok', detail: `${host}:${port} is in use by a running Wickworks` };
  return { name, state: 'failed', detail: `${host}:${port} cannot be used: ${refusal}` };
}

function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(null)));
  });
}

async function answersAsOurs(host: string, port: number): Promise<boolean> {
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  for (const path of ['/api/health/live', '/_venue/state']) {
    try {
      const answer = await fetch(base + path, { signal: AbortSignal.timeout(SERVER_ANSWERS_WITHIN_MS) });
      if (answer.ok && (answer.headers.get('content-type') ?? '').includes('json')) return true;
    } catch {
      continue; // someone else's port
    }
  }
  return false;
}
