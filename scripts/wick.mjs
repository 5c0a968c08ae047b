// `npm run wick -- …`: install and build when needed, then become the CLI.
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await ensureInstalled();
const built = await run('turbo', ['run', 'build', '--filter=@wickworks/cli', '--output-logs=errors-only'], {
  stdio: ['ignore', 2, 2], // standard output belongs to the command
});
if (built !== 0) process.exit(built);
const main = join(root, 'apps/cli/dist/main.js');
// npm changes into the project; files are named from where the person is. Settings stay the project's.
if (process.env.INIT_CWD && existsSync(process.env.INIT_CWD)) process.chdir(process.env.INIT_CWD);
process.argv[1] = main;
await import(pathToFileURL(main).href);
