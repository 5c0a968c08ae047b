import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const module = new URL('stop-signals.ts', import.meta.url).href;

/** A process that runs `code` with `stop` in hand, once it has said that it is there. */
async function running(code: string) {
  const script = `import { writeSync } from 'node:fs'; import { listenForStop } from ${JSON.stringify(module)};
    const stop = listenForStop(); const forEver = () => { writeSync(1, 'there'); for (;;); }; ${code}`;
  const argv = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  await once(child.stdout, 'data');
  return { child, gone };
}

it.each(['SIGINT', 'SIGTERM'] as const)('%s ends work that never waits', async (signal) => {
  const { child, gone } = await running('stop.blocking(forEver)');
  child.kill(signal);
  expect(await gone).toEqual([null, signal]);
});

it('work that waits is told, after such work too', async () => {
  const { child, gone } = await running(`stop.blocking(() => undefined);
    setInterval(() => stop.signal.aborted && process.exit(7), 5); writeSync(1, 'there');`);
  child.kill('SIGINT');
  expect(await gone).toEqual([7, null]);
});
