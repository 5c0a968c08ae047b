import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The server as a process of its own. */
export interface LaunchedServer {
  readonly url: string;
  readonly dataDir: string;
  /** As when the power goes; nothing to do when it is gone already. */
  kill(): Promise<void>;
}

/** Starts the server on the folder `dataDir`, connected to the venue at `venueUrl`; `port` 0: any. */
export async function launchServer(dataDir: string, venueUrl: string, port = 0): Promise<LaunchedServer> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
    env: {
      ...process.env,
      WICK_DATA_DIR: dataDir,
      WICK_PORT: String(port),
      WICK_VENUE: venueUrl,
      WICK_EXCHANGES: 'local',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const kill = async (): Promise<void> => {
    if (child.signalCode !== null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  while (!output.includes('ready http')) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${output}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  return { url: /ready (\S+)/.exec(output)?.[1] ?? '', dataDir, kill };
}
