// `npm run bench [-- name …] [--json]`
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { join } from 'node:path';

await ensureInstalled();
const built = await run(
  'turbo',
  ['run', 'build', '--filter=@wickworks/server', '--filter=@wickworks/web', '--output-logs=errors-only'],
  { stdio: ['ignore', 2, 2] },
);
if (built !== 0) process.exit(built);
process.exit(
  await run('node', ['--expose-gc', '--import', 'tsx', join(root, 'bench/src/main.ts'), ...process.argv.slice(2)]),
);
