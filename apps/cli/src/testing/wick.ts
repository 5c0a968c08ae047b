import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { runCli } from '../run-cli.js';

/** Where a test runs commands: every file they write lies below `cwd`. */
interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nowMs?: () => number;
  readonly signal?: AbortSignal;
  /** Told of each piece of work that would hold the process. */
  readonly onBlocking?: () => void;
  /** Told what a terminal would show while the command works. */
  readonly onDoing?: (line: string) => void;
}

/** One command in this process, with everything it says: `told` piece by piece, `errors` as one text. */
export async function wick({ cwd, env, nowMs = Date.now, signal, onBlocking, onDoing }: Place, ...argv: string[]) {
  let out = '';
  const told: string[] = [];
  const code = await runCli(
    argv,
    {
      version: '1.2.3',
      env,
      cwd,
      projectDir: cwd,
      signal: signal ?? new AbortController().signal,
      blocking: (work) => {
        onBlocking?.();
        return work();
      },
      nowMs,
      out: (piece) => (out += piece),
      progress: (line) => told.push(line),
      doing: (line) => onDoing?.(line),
    },
    { err: (piece) => told.push(piece) },
  );
  return { code, out, told, errors: told.join(''), json: () => JSON.parse(out) as unknown };
}

/** One command as a process of its own, as people run it. */
export function spawnWick({ cwd, env }: Place, ...argv: string[]): { child: ChildProcess; errors: Promise<string> } {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...argv], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { child, errors: text(child.stderr) };
}

/** Ends a process as a power cut would, and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
