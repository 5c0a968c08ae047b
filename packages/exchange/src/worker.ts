import { assert } from '@wickworks/core';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { isCcxtId } from './ccxt-ids.js';
import { loadCcxtClass } from './ccxt-class.js';
import { failureOf, isCcxtError } from './failure.js';
import type { FromWorker, Told, ToWorker } from './messages.js';
import type { ExchangeEvent } from './ports.js';
import { Session } from './session.js';
import { profileOf } from './venues/index.js';

// One worker holds one exchange: what breaks in here is ended and started again by the host (connect.ts).
const port = parentPort;
assert(port, 'this file is started as a worker thread');
const { config } = z
  .object({
    config: z.object({ id: z.string(), venueUrl: z.url().optional(), cadenceMs: z.number().positive().optional() }),
  })
  .parse(workerData);

const post = (message: FromWorker): void => port.postMessage(message);

let pending: Told[] = [];
const tell = (event: ExchangeEvent, watch: number | null): void => {
  pending.push({ event, watch });
  if (pending.length === 1) setImmediate(flush);
};
const flush = (): void => {
  const events = pending;
  pending = [];
  post({ kind: 'events', events });
};

// CCXT leaves some rejections to nobody (a failed sign-in, a socket that closes between two calls). What is one of
// its own errors has been or will be told by the call it belongs to; anything else is a bug and ends the worker.
process.on('unhandledRejection', (reason) => {
  if (isCcxtError(reason)) post({ kind: 'log', level: 'warn', text: `ccxt: ${failureOf(reason).message}` });
  else throw reason;
});

const profile = profileOf(config.id);
const { venueUrl, cadenceMs } = config;
const cls = isCcxtId(profile.ccxtId)
  ? await loadCcxtClass(profile.ccxtId).catch(
      (error: unknown) => `its code cannot be loaded: ${failureOf(error).message}`,
    )
  : 'CCXT knows no exchange of this name';
if (typeof cls === 'string') {
  post({ kind: 'unusable', reason: `${profile.ccxtId}: ${cls}` });
  port.close();
} else {
  serve(
    new Session({ id: config.id, ...(venueUrl && { venueUrl }), ...(cadenceMs && { cadenceMs }) }, profile, cls, tell),
    port,
  );
}

function serve(session: Session, host: MessagePort): void {
  host.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'ask':
        void session.answer(message.question).then((result) => {
          // Events told before the answer are heard before it.
          if (pending.length > 0) flush();
          post({ kind: 'answer', id: message.id, result });
        });
        break;
      case 'watch':
        session.watch(message.series);
        break;
      case 'unwatch':
        session.unwatch(message.series);
        break;
      case 'tickers':
        session.watchTickers(message.symbols);
        break;
      case 'ping':
        post({ kind: 'pong' });
        break;
      case 'close':
        void session.close().then(() => {
          post({ kind: 'closed' });
          host.close();
        });
        break;
    }
  });
}
