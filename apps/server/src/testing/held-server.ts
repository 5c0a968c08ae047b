// A server process of its own over a held exchange, to be killed at work: `held-server.ts DATA_DIR` says its address.
import { writeSync } from 'node:fs';
import { HeldExchange } from './held-exchange.js';
import { startTestServer } from './test-server.js';

const server = await startTestServer([new HeldExchange()], { dataDir: process.argv[2] ?? '' });
await server.assembled;
writeSync(1, `${server.url}\n`);
