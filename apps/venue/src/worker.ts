import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@wickworks/core';
import { VenueSettings } from './settings.js';
import { startVenue } from './start-venue.js';

// The venue as a worker thread: `workerData` is VenueSettings. Posts `{kind:'ready',url}` or
// `{kind:'failed',message}`; on `{kind:'stop'}` it closes everything and the thread ends by itself.
const port = parentPort;
assert(port !== null, 'started as a worker thread');

try {
  const venue = await startVenue(VenueSettings.parse(workerData));
  port.on('message', () => {
    void venue.close().then(() => port.close());
  });
  port.postMessage({ kind: 'ready', url: venue.url });
} catch (error) {
  port.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  port.close();
}
