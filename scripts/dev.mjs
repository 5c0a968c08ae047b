// `npm run dev`: server and venue on TypeScript sources (restarting on change) and Vite, in one terminal. Ports are
// those of the settings (WICK_PORT, WICK_VENUE_PORT); the page's is WICK_DEV_PORT.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root, toolEnv } from './lib/run.mjs';

await ensureInstalled();
const colours = { server: 36, web: 35 };
const children = [
  start('server', 'tsx', ['watch', '--clear-screen=false', 'src/main.ts'], join(root, 'apps/server')),
  start('web', 'vite', ['--port', process.env.WICK_DEV_PORT ?? '5173', '--strictPort'], join(root, 'apps/web')),
];

function start(name, command, args, cwd) {
  const env = toolEnv({
    PATH: `${join(cwd, 'node_modules/.bin')}:${toolEnv().PATH}`, // a tool lies with the package that declares it
    NODE_ENV: 'development',
    WICK_DEV_SERVER: process.env.WICK_DEV_SERVER ?? `http://127.0.0.1:${process.env.WICK_PORT ?? 8080}`,
    WICK_DATA_DIR: process.env.WICK_DATA_DIR ?? join(root, 'data'),
  });
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const prefix = `\u001b[${colours[name]}m${name.padEnd(7)}\u001b[0m`;
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) console.log(`${prefix} ${line}`);
    });
  }
  child.on('error', (error) => {
    console.error(`${prefix} ${error.message}`);
    stop(1);
  });
  child.on('exit', (code) => {
    console.log(`${prefix} ended (${code ?? 'signal'})`);
    stop(code ?? 0);
  });
  return child;
}

let stopping = false;
function stop(code) {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
