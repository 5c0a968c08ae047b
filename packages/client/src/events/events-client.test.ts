import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { EventsClientMessage, type EventsServerMessage, type JobView } from '@wickworks/contracts';
import { createWickSdk } from '../sdk/create-wick-sdk.js';

const servers: WebSocketServer[] = [];
const clients: { close(): void }[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  for (const server of servers.splice(0)) {
    for (const socket of server.clients) socket.terminate();
    server.close();
  }
});

const job = (id: string, progressRatio = 0): JobView => ({
  ...{ id, kind: 'backfill', state: 'running', progressRatio, detail: '', createdMs: 1, updatedMs: 1 },
});

/** A real socket server that does what the test says, and a client of it. */
async function scripted(options: { token?: string; signedIn?: boolean } = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const heard: EventsClientMessage[] = [];
  const headers: (string | undefined)[] = [];
  let tell: (message: EventsServerMessage) => void = () => undefined;
  let cut: () => void = () => undefined;
  server.on('connection', (socket, request) => {
    headers.push(request.headers.authorization);
    tell = (message) => socket.send(JSON.stringify(message));
    cut = () => socket.terminate();
    socket.on('message', (data: Buffer) => heard.push(EventsClientMessage.parse(JSON.parse(data.toString('utf8')))));
    const { signedIn = true } = options;
    tell({ kind: 'hello', protocol: 1, serverTimeMs: 1, heartbeatMs: 60_000, signedIn });
  });
  const client = createWickSdk({
    baseUrl: `http://127.0.0.1:${String(address.port)}`,
    WebSocket,
    timing: { redialMinMs: 5 },
    ...(options.token !== undefined && { token: options.token }),
  });
  clients.push(client);
  const subscribed = async (count: number): Promise<string> => {
    const subscriptions = () => heard.filter((message) => message.op === 'subscribe');
    await expect.poll(() => subscriptions().length).toBe(count);
    const subscription = `e${String(count)}`;
    tell({ kind: 'subscribed', id: subscriptions()[count - 1]!.id, subscription });
    return subscription;
  };
  const snapshot = (subscription: string, items: unknown[]): void =>
    tell({ kind: 'snapshot', subscription, seq: 0, topic: 'jobs', items });
  const delta = (subscription: string, seq: number, item: unknown): void =>
    tell({ kind: 'delta', subscription, seq, topic: 'jobs', item });
  return {
    client,
    heard,
    headers,
    tell: (message: EventsServerMessage) => tell(message),
    cut: () => cut(),
    subscribed,
    snapshot,
    delta,
  };
}

function follow(client: ReturnType<typeof createWickSdk>) {
  const told: unknown[] = [];
  const stop = client.events.follow('jobs', {
    onSnapshot: (items) => told.push(items.map(({ id }) => id)),
    onItem: ({ id, progressRatio }) => told.push([id, progressRatio]),
    onRemoved: (id) => told.push(`${id} gone`),
    onRefused: ({ code }) => told.push(code),
  });
  return { told, stop };
}

it('gives a snapshot and numbered changes', async () => {
  const { client, subscribed, snapshot, delta, tell, heard } = await scripted();
  const { told, stop } = follow(client);
  const name = await subscribed(1);
  snapshot(name, [job('a')]);
  delta(name, 1, job('a', 0.5));
  tell({ kind: 'delta', subscription: name, seq: 2, topic: 'jobs', removed: 'a' });
  await expect.poll(() => told).toEqual([['a'], ['a', 0.5], 'a gone']);
  stop();
  await expect.poll(() => heard.at(-1)).toMatchObject({ op: 'unsubscribe', subscription: name });
});

it('asks for a new snapshot after a gap in the numbers, and tells nothing of the gap', async () => {
  const { client, subscribed, snapshot, delta, heard } = await scripted();
  const { told } = follow(client);
  const first = await subscribed(1);
  snapshot(first, [job('a')]);
  delta(first, 2, job('a', 0.9));
  delta(first, 3, job('a', 1));
  const second = await subscribed(2);
  expect(heard.some((message) => message.op === 'unsubscribe' && message.subscription === first)).toBe(true);
  snapshot(second, [job('a', 1), job('b')]);
  delta(second, 1, job('b', 0.1));
  await expect.poll(() => told).toEqual([['a'], ['a', 'b'], ['b', 0.1]]);
});

it('asks for a new snapshot over a new connection, with its token again', async () => {
  const { client, subscribed, snapshot, cut, headers } = await scripted({ token: 'wk_1' });
  const { told } = follow(client);
  snapshot(await subscribed(1), [job('a')]);
  await expect.poll(() => told.length).toBe(1);
  cut();
  snapshot(await subscribed(2), [job('b')]);
  await expect.poll(() => told).toEqual([['a'], ['b']]);
  expect(headers).toEqual(['Bearer wk_1', 'Bearer wk_1']);
});

it('signs in by message where the handshake could not', async () => {
  const { client, subscribed, heard, tell } = await scripted({ token: 'wk_1', signedIn: false });
  follow(client);
  await expect.poll(() => heard).toEqual([{ op: 'auth', token: 'wk_1' }]);
  // Who asks in between waits too: asked for twice, a topic would be told twice.
  follow(client);
  tell({ kind: 'signed-in' });
  await subscribed(2);
  expect(heard.map(({ op }) => op)).toEqual(['auth', 'subscribe', 'subscribe']);
});

it('tells a refusal, and drops a connection that breaks the contract', async () => {
  const { client, subscribed, snapshot, heard, tell } = await scripted();
  const { told } = follow(client);
  await expect.poll(() => heard.length).toBe(1);
  const problem = {
    type: 't',
    title: 'Forbidden',
    status: 403,
    detail: 'no',
    code: 'forbidden',
    retryable: false,
  } as const;
  const [first] = heard;
  tell({ kind: 'error', id: first?.op === 'subscribe' ? first.id : '', problem: { ...problem, requestId: '' } });
  await expect.poll(() => told).toEqual(['forbidden']);
  const other = follow(client);
  snapshot(await subscribed(2), [{ id: 'no job' }]);
  // Both are asked for again on the next connection.
  await expect.poll(() => heard.filter(({ op }) => op === 'subscribe').length).toBe(4);
  expect(other.told).toEqual([]);
});
