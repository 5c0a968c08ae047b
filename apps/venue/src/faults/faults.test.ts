import WebSocket from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startVenue, type RunningVenue } from '../index.js';

const START_MS = Date.UTC(2026, 10, 20, 12, 0, 30, 500);
const Event = z.object({ E: z.number(), t: z.number() });
const LONG_MS = 60_000;

let venue: RunningVenue;
let sockets: WebSocket[] = [];
beforeEach(async () => {
  venue = await startVenue({ port: 0, speed: 0, startMs: START_MS, faults: true });
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await venue.close();
});

const inject = (body: unknown): Promise<Response> =>
  fetch(`${venue.url}/_venue/faults`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

const clear = (): Promise<Response> => fetch(`${venue.url}/_venue/faults`, { method: 'DELETE' });

async function listen(stream = 'ltcusdt@trade'): Promise<{ socket: WebSocket; frames: string[]; ids: () => number[] }> {
  const socket = new WebSocket(`${venue.url.replace('http', 'ws')}/ws/${stream}`);
  sockets.push(socket);
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString('utf8')));
  await new Promise((resolve) => socket.once('open', resolve));
  return { socket, frames, ids: () => frames.map((text) => Event.parse(JSON.parse(text)).t) };
}

/** Ids of the trades a client without faults would have heard since `fromMs`. */
async function trueIds(fromMs = START_MS): Promise<number[]> {
  const rows: unknown = await (await fetch(`${venue.url}/api/v3/trades?symbol=LTCUSDT&limit=1000`)).json();
  const trades = z.array(z.object({ id: z.number(), time: z.number() })).parse(rows);
  return trades.filter(({ time }) => time > fromMs).map(({ id }) => id);
}

const until = (condition: () => boolean): Promise<void> => expect.poll(condition, { timeout: 20_000 }).toBe(true);
const sorted = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b);

/** Sees a round trip through the socket, after which everything sent before has arrived. */
async function settle(socket: WebSocket): Promise<void> {
  const pong = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await pong;
}

describe('frames', () => {
  it('duplicate: each event twice', async () => {
    const { ids } = await listen();
    await inject({ kind: 'duplicate', forMs: LONG_MS });
    await venue.advance(60_000);
    const expected = (await trueIds()).flatMap((id) => [id, id]);
    await until(() => ids().length === expected.length);
    expect(ids()).toEqual(expected);
  });

  it('reorder: every event arrives once, not all in order', async () => {
    const { ids } = await listen();
    await inject({ kind: 'reorder', forMs: LONG_MS, probability: 0.3, seed: 7 });
    await venue.advance(120_000);
    const expected = await trueIds();
    await until(() => ids().length === expected.length);
    expect(ids()).not.toEqual(expected);
    expect(sorted(ids())).toEqual(expected);
  });

  it('gap: some events are skipped, the same ones for the same seed', async () => {
    const a = await listen();
    await inject({ kind: 'gap', forMs: LONG_MS, probability: 0.5, seed: 3 });
    await venue.advance(120_000);
    await settle(a.socket);
    const heard = a.ids();
    const all = await trueIds();
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.length).toBeLessThan(all.length);
    await venue.close();
    venue = await startVenue({ port: 0, speed: 0, startMs: START_MS, faults: true });
    const b = await listen();
    await inject({ kind: 'gap', forMs: LONG_MS, probability: 0.5, seed: 3 });
    await venue.advance(120_000);
    await settle(b.socket);
    expect(b.ids()).toEqual(heard);
  });

  it('gap with match: only the streams named', async () => {
    const trades = await listen();
    const depth = await listen('ltcusdt@depth5');
    await inject({ kind: 'gap', forMs: LONG_MS, match: '@trade' });
    await venue.advance(30_000);
    await until(() => depth.frames.length > 0);
    await settle(trades.socket);
    expect(trades.frames).toEqual([]);
  });

  it('malformed: broken JSON, and whole again afterwards', async () => {
    const { frames, socket } = await listen();
    await inject({ kind: 'malformed', forMs: LONG_MS });
    await venue.advance(60_000);
    await until(() => frames.length > 0);
    await settle(socket);
    for (const frame of frames) expect(() => JSON.parse(frame) as unknown).toThrow();
    await clear();
    frames.length = 0;
    await venue.advance(60_000);
    await until(() => frames.length > 0);
    expect(() => JSON.parse(frames[0] ?? '') as unknown).not.toThrow();
  });

  it('delay: late but complete and in order, also past its end', async () => {
    const { ids } = await listen();
    await inject({ kind: 'delay', forMs: LONG_MS, delayMs: 300 });
    await venue.advance(60_000);
    expect(ids()).toEqual([]);
    await clear();
    await venue.advance(60_000);
    const expected = await trueIds();
    await until(() => ids().length === expected.length);
    expect(ids()).toEqual(expected);
  });

  it('silence: open but mute, no pong and no answer, until it ends', async () => {
    const { socket, frames, ids } = await listen();
    let pongs = 0;
    socket.on('pong', () => pongs++);
    await inject({ kind: 'silence', forMs: LONG_MS });
    await venue.advance(60_000);
    socket.ping();
    socket.send('{"method":"LIST_SUBSCRIPTIONS","id":1}');
    // A second venue call gives the silent socket every chance to speak.
    await fetch(`${venue.url}/api/v3/ping`);
    expect([frames.length, pongs, socket.readyState]).toEqual([0, 0, WebSocket.OPEN]);
    await clear();
    const fromMs = venue.nowMs();
    await venue.advance(60_000);
    await until(() => frames.length > 0);
    await settle(socket);
    expect(ids()).toEqual(await trueIds(fromMs));
  });

  it('drop-sockets: every socket at once, new ones too while it lasts', async () => {
    const { socket } = await listen();
    const gone = new Promise((resolve) => socket.once('close', resolve));
    await inject({ kind: 'drop-sockets', forMs: LONG_MS });
    await gone;
    await expect(
      new Promise((resolve, reject) => {
        const next = new WebSocket(`${venue.url.replace('http', 'ws')}/ws`);
        next.once('open', resolve);
        next.once('error', reject);
      }),
    ).rejects.toThrow();
    await clear();
    await listen();
  });

  it('clock-skew: event times and GET time are off, candles are not', async () => {
    const { frames } = await listen();
    await inject({ kind: 'clock-skew', forMs: LONG_MS, skewMs: -90_000 });
    await venue.advance(60_000);
    await until(() => frames.length > 0);
    const Trade = z.object({ E: z.number(), T: z.number() });
    for (const frame of frames) {
      const { E, T } = Trade.parse(JSON.parse(frame));
      expect(E).toBe(T - 90_000);
    }
    expect(await (await fetch(`${venue.url}/api/v3/time`)).json()).toEqual({ serverTime: venue.nowMs() - 90_000 });
  });
});

describe('HTTP', () => {
  const time = (): Promise<Response> => fetch(`${venue.url}/api/v3/time`);

  it('http-error: status, code and Retry-After as asked, on matching paths only', async () => {
    await inject({ kind: 'http-error', forMs: LONG_MS, status: 418, code: -1003, retryAfterS: 7, match: '/time' });
    const refused = await time();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([418, '7']);
    expect(await refused.json()).toMatchObject({ code: -1003 });
    expect((await fetch(`${venue.url}/api/v3/ping`)).status).toBe(200);
  });

  it('malformed: a body that breaks off', async () => {
    await inject({ kind: 'malformed', forMs: LONG_MS, to: 'http' });
    const text = await (await time()).text();
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it('silence: no answer until the client gives up', async () => {
    await inject({ kind: 'silence', forMs: LONG_MS, to: 'http', match: '/time' });
    await expect(fetch(`${venue.url}/api/v3/time`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    await clear();
    expect((await time()).status).toBe(200);
  });
});

describe('the fault API', () => {
  it('refuses what it does not understand, and says why', async () => {
    for (const [body, reason] of [
      [{ kind: 'gremlins', forMs: 1 }, 'kind'],
      [{ kind: 'gap' }, 'forMs'],
      [{ kind: 'gap', forMs: 5, probability: 2 }, 'probability'],
      [{ kind: 'gap', forMs: 5, colour: 1 }, 'colour'],
      [{ kind: 'lose-ack', forMs: 5 }, 'order matching'],
    ] as const) {
      const response = await inject(body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(reason);
    }
  });

  it.each([
    ['drop-sockets', {}],
    ['silence', { to: 'sockets' }],
    ['delay', { delayMs: 1_000 }],
    ['duplicate', {}],
    ['reorder', {}],
    ['gap', {}],
    ['http-error', { status: 503 }],
    ['malformed', { to: 'sockets' }],
    ['clock-skew', { skewMs: 60_000 }],
  ])('needs no more than a kind and for how long: %s', async (kind, meant) => {
    const response = await inject({ kind, forMs: 5 });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ kind, forMs: 5, probability: 1, ...meant });
  });

  it('shows the faults in force, which end by themselves', async () => {
    await inject({ kind: 'gap', forMs: LONG_MS });
    await inject({ kind: 'duplicate', forMs: 1 });
    const active = async () =>
      z
        .object({ faults: z.object({ active: z.array(z.object({ kind: z.string() })) }) })
        .parse(await (await fetch(`${venue.url}/_venue/state`)).json()).faults.active;
    await expect.poll(active).toMatchObject([{ kind: 'gap' }]);
    expect(await active()).toHaveLength(1);
  });

  it('is closed unless it was opened', async () => {
    const closed = await startVenue({ port: 0, speed: 0, startMs: START_MS });
    try {
      const response = await fetch(`${closed.url}/_venue/faults`, { method: 'DELETE' });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('WICK_VENUE_FAULTS=1');
    } finally {
      await closed.close();
    }
  });
});
