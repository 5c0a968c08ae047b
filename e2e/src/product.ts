import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));

/** The built product, running as its own process on free ports with a data folder of its own. */
export interface Product {
  readonly url: string;
  readonly venueUrl: string;
  readonly socketUrl: string;
  readonly dataDir: string;
  /** Everything the process printed so far. */
  log(): string;
  /** Asks it to stop (or kills it) and resolves to its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same ports and data after a stop. */
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

/** Starts the built server with the embedded venue and waits for its `ready` line. */
export async function startProduct(env: Readonly<Record<string, string>> = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wick-e2e-'));
  const [port, venuePort] = [await freePort(), await freePort()];
  let output = '';
  let child: ChildProcess;

  const launch = async () => {
    const started = spawn(process.execPath, [SERVER], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        WICK_PORT: String(port),
        WICK_VENUE_PORT: String(venuePort),
        WICK_DATA_DIR: dataDir,
        WICK_VENUE_FAULTS: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const from = output.length;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (output.slice(from).includes('ready http')) done(resolve);
      };
      const exited = () =>
        done(() => reject(new Error(`the server ended before it was ready:\n${output.slice(from)}`)));
      const done = (then: () => void) => {
        started.stdout.off('data', look);
        started.off('exit', exited);
        then();
      };
      started.stdout.on('data', look);
      started.on('exit', exited);
    });
  };

  const stop = (signal: NodeJS.Signals = 'SIGTERM') =>
    new Promise<number | null>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        resolve(child.exitCode);
        return;
      }
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });

  await launch();
  return {
    url: `http://127.0.0.1:${port}`,
    venueUrl: `http://127.0.0.1:${venuePort}`,
    socketUrl: `ws://127.0.0.1:${port}/ws/ohlcv`,
    dataDir,
    log: () => output,
    stop,
    restart: launch,
    dispose: async () => {
      await stop('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
