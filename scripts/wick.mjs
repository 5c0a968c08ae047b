// `npm run wick -- …`: install and build when needed, then become the CLI.
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await ensureInstalled();
const built = await run('turbo', ['run', 'build', '--filter=@wickworks/cli', '--output-logs=errors-only'], {
  stdio: ['ignore', 2, 2], // standard output belongs to the command
});
if (built !== 0) process.exit(built);
const main = join(root, 'apps/cli/dist/main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
