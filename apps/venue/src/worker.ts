import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@wickworks/core';
import { startVenue, type VenueOptions } from './start-venue.js';

// workerData is {@link VenueOptions} without functions, written by our own process. The worker posts
// `{kind:'ready',url}` or `{kind:'failed',message}` and stops, having closed all sockets, on `{kind:'stop'}`.
const port = parentPort;
assert(port !== null, 'started as a worker thread');

try {
  const venue = await startVenue(workerData as VenueOptions);
  port.on('message', () => {
    void venue.close().then(() => port.close());
  });
  port.postMessage({ kind: 'ready', url: venue.url });
} catch (error) {
  port.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  port.close();
}
