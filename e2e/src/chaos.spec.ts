import { expect, test } from '@playwright/test';
import { startProduct, type Product } from './product.js';
import { Recorder } from './recorder.js';
import { injectFault, venueKlines } from './venue.js';

const MINUTE = 60_000;

/** mulberry32: the same seed gives the same storm. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FAULTS = [
  { kind: 'drop-sockets', forMs: 600 },
  { kind: 'silence', forMs: 1_500 },
  { kind: 'delay', delayMs: 700, forMs: 1_500 },
  { kind: 'duplicate', forMs: 1_500 },
  { kind: 'reorder', forMs: 1_500 },
  { kind: 'gap', forMs: 1_500 },
  { kind: 'http-error', status: 503, forMs: 1_500 },
  { kind: 'http-error', status: 429, retryAfterS: 1, forMs: 1_200 },
  { kind: 'malformed', forMs: 1_500 },
  { kind: 'clock-skew', skewMs: 90_000, forMs: 1_500 },
] as const;

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ WICK_VENUE_SPEED: '60' }); // a minute candle closes every second
});
test.afterAll(() => product.dispose());

for (const seed of [1, 20_240_809]) {
  test(`closed candles survive every fault exactly (seed ${seed})`, async () => {
    const random = seeded(seed);
    const recorder = new Recorder(product.socketUrl);
    await expect.poll(() => recorder.closed.length, { timeout: 30_000 }).toBeGreaterThan(2);

    const storm = FAULTS.map((fault) => ({ fault, order: random(), seed: Math.floor(random() * 1e9) }));
    for (const { fault, seed: faultSeed } of storm.sort((a, b) => a.order - b.order)) {
      await injectFault(product.venueUrl, { ...fault, seed: faultSeed });
      await new Promise((resolve) => setTimeout(resolve, fault.forMs));
      // Whatever it was, the stream must come back by itself before the next one strikes.
      const before = recorder.closed.length;
      await expect
        .poll(() => recorder.closed.length, { timeout: 60_000, message: fault.kind })
        .toBeGreaterThan(before + 1);
    }

    recorder.close();
    const times = recorder.closed.map((candle) => candle[0]);
    const expected = times.map((_, index) => recorder.snapshotLastMs + (index + 1) * MINUTE);
    expect(times, 'once each, in order, none missing').toEqual(expected);
    const truth = await venueKlines(product.venueUrl, 'BTC/USDT', times[0]!, times.at(-1)!);
    expect(recorder.closed, 'the values of the venue’s REST klines').toEqual(truth);
    expect(recorder.faults, 'no hole in seq, no error, no lost socket').toEqual([]);
  });
}

test('a silent venue is stale, a lost one is down, a healed one is live', async () => {
  const recorder = new Recorder(product.socketUrl);
  await expect.poll(() => recorder.states.has('live'), { timeout: 30_000 }).toBe(true);
  recorder.states.clear();
  await injectFault(product.venueUrl, { kind: 'silence', forMs: 20_000 });
  await expect.poll(() => recorder.states.has('stale'), { timeout: 30_000 }).toBe(true);
  await injectFault(product.venueUrl, { kind: 'drop-sockets', forMs: 8_000 });
  await expect.poll(() => recorder.states.has('down'), { timeout: 40_000 }).toBe(true);
  recorder.states.clear();
  await expect.poll(() => recorder.states.has('live'), { timeout: 60_000 }).toBe(true);
  recorder.close();
});
