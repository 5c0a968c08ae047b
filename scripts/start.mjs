// `npm start`: install, build what changed, then become the server (one process, so signals reach it directly).
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await ensureInstalled();
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
process.chdir(root);
await import(pathToFileURL(join(root, 'apps/server/dist/main.js')).href);
