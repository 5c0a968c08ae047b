// `npm start`: install, build what changed, then become the server (one process, so signals reach it directly).
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await ensureInstalled();
process.chdir(root);
// A build would pull the files from under a server that runs already: look before anything is touched.
const guard = join(root, 'apps/server/dist/data-guard.js');
if (existsSync(guard)) {
  const { runningElsewhere } = await import(pathToFileURL(guard).href);
  const message = runningElsewhere();
  if (message !== null) {
    console.error(`Wickworks cannot start: ${message}`);
    process.exit(1);
  }
}
const built = await run('turbo', [
  'run',
  'build',
  '--filter=@wickworks/server',
  '--filter=@wickworks/web',
  '--output-logs=errors-only',
]);
if (built !== 0) process.exit(built);

// When the package manager that started us dies without passing a signal on, stop as if it had.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1_000).unref();

process.env.NODE_ENV ??= 'production';
await import(pathToFileURL(join(root, 'apps/server/dist/main.js')).href);
