// How long a process takes from its start to its first useful line: the built server (no venue, exchanges loaded
// lazily) beside a bare Node process that only prints one.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lessIsBetter, median, type BenchResult } from './bench.js';

const SERVER = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
const ROUNDS = 15;

/** Milliseconds from spawn to the first line that contains `mark`; the process is then ended. */
function timeToLine(args: readonly string[], mark: string, env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    let elapsedMs = NaN;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!Number.isNaN(elapsedMs) || !output.includes(mark)) return;
      elapsedMs = performance.now() - started;
      child.kill('SIGTERM');
    });
    child.on('exit', () => {
      if (Number.isNaN(elapsedMs)) reject(new Error(`no "${mark}" from ${args.join(' ')}`));
      else resolve(elapsedMs);
    });
  });
}

/** Start-up of the server against bare Node, in turn. */
export async function run(): Promise<BenchResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wick-start-'));
  const env = {
    WICK_DATA_DIR: dataDir,
    WICK_PORT: '0',
    WICK_VENUE: 'off',
    WICK_EXCHANGES: 'binance',
    WICK_LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  };
  const server: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const ours = await timeToLine([SERVER], 'ready http', env);
      const node = await timeToLine(['-e', 'console.log("ready http")'], 'ready http', {});
      if (round === 0) continue;
      server.push(ours);
      bare.push(node);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    name: 'start',
    cases: [lessIsBetter('process start to ready', median(server), 'ms', 'bare node', median(bare))],
  };
}
