#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { readVersion } from '@wickworks/config';
import { runCli } from './run-cli.js';
import { listenForStop } from './stop-signals.js';
import { screenOf } from './terminal.js';

const { signal, blocking } = listenForStop();
const screen = screenOf(process.stdout, process.stderr);
// A reader such as `head` may close the pipe early: that ends the command, it is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`error: standard output cannot be written: ${error.message}\n`);
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const here = (path: string): URL => new URL(path, import.meta.url);
const isBundled = import.meta.url.endsWith('.js');

process.exitCode = await runCli(
  process.argv.slice(2),
  {
    version: readVersion(here('../package.json')),
    env: process.env,
    cwd: process.cwd(),
    projectDir: fileURLToPath(here('../../..')),
    ...{ signal, blocking },
    nowMs: Date.now,
    ...screen,
    ...(isBundled
      ? {
          bundle: {
            exchangeWorkerUrl: here('./exchange-worker.js'),
            venueDataFolder: fileURLToPath(here('./venue-data')),
          },
        }
      : {}),
  },
  screen,
);
