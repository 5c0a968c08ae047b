import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EventsServerMessage, type EventsClientMessage } from '@wickworks/contracts';
import { WebSocket } from 'ws';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { JobBoard } from '../jobs/job-board.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';
import { Visitor } from './visitor.js';

const NOW = Date.UTC(2026, 0, 1, 12);
let server: TestServer;
let exchange: ScriptedExchange;

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(NOW, 1_000);
  server = await startTestServer([exchange]);
  await server.assembled;
});
afterAll(() => server.dispose());

const open = async () => {
  const ws = new WebSocket(server.socketUrl.replace('/ws/ohlcv', '/ws/events'));
  const messages: EventsServerMessage[] = [];
  ws.on('message', (data: Buffer) => messages.push(EventsServerMessage.parse(JSON.parse(data.toString('utf8')))));
  await once(ws, 'open');
  const send = (message: EventsClientMessage): void => ws.send(JSON.stringify(message));
  const until = (condition: () => boolean) => expect.poll(condition, { timeout: 10_000 }).toBe(true);
  await until(() => messages.length > 0);
  return { ws, messages, send, until };
};

describe('/ws/events', () => {
  it('greets, and gives a snapshot and numbered changes of a topic', async () => {
    const { ws, messages, send, until } = await open();
    expect(messages[0]).toMatchObject({ kind: 'hello', protocol: 1, signedIn: true });
    send({ op: 'subscribe', id: 's', topic: 'system' });
    await until(() => messages.length >= 3);
    expect(messages.slice(1, 3)).toMatchObject([
      { kind: 'subscribed', id: 's', subscription: 'e1' },
      { kind: 'snapshot', seq: 0, topic: 'system', items: [{ id: 'scripted', state: 'live' }] },
    ]);
    exchange.emit({ kind: 'status', state: 'stale', sinceMs: 5, lastMessageMs: 4, reason: 'silent' });
    exchange.emit({ kind: 'status', state: 'live', sinceMs: 6, lastMessageMs: 6, reason: '' });
    await until(() => messages.length >= 5);
    expect(messages.slice(3)).toMatchObject([
      { kind: 'delta', seq: 1, item: { state: 'stale', reason: 'silent' } },
      { kind: 'delta', seq: 2, item: { state: 'live', reason: null } },
    ]);
    send({ op: 'unsubscribe', id: 'u', subscription: 'e1' });
    await until(() => messages.some(({ kind }) => kind === 'unsubscribed'));
    ws.close();
  });

  it('subscribes to several topics at once, each under its own number', async () => {
    const { ws, messages, send, until } = await open();
    send({ op: 'subscribe', id: 'm', topics: ['system', 'jobs'] });
    await until(() => messages.length >= 5);
    expect(messages.slice(1)).toMatchObject([
      { kind: 'subscribed', id: 'm', subscription: 'e1' },
      { kind: 'snapshot', subscription: 'e1', seq: 0, topic: 'system' },
      { kind: 'subscribed', id: 'm', subscription: 'e2' },
      { kind: 'snapshot', subscription: 'e2', seq: 0, topic: 'jobs' },
    ]);
    send({ op: 'subscribe', id: 'none' });
    send({ op: 'subscribe', id: 'both', topic: 'jobs', topics: ['jobs'] });
    await until(() => messages.length >= 7);
    expect(messages.slice(5)).toMatchObject(
      ['none', 'both'].map((id) => ({ kind: 'error', id, problem: { issues: [{ path: 'topic' }] } })),
    );
    ws.close();
  });

  it('follows a job from its start to its end', async () => {
    const { ws, messages, send, until } = await open();
    send({ op: 'subscribe', id: 'j', topic: 'jobs' });
    await until(() => messages.some(({ kind }) => kind === 'snapshot'));
    const answer = await fetch(`${server.url}/api/v1/datasets/backfill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', fromMs: NOW - 600 * 60_000 }),
    });
    const { job } = (await answer.json()) as { job: { id: string } };
    const states = () =>
      messages.flatMap((message) => (message.kind === 'delta' ? [message.item as { id: string; state: string }] : []));
    await until(() => states().some(({ id, state }) => id === job.id && state === 'done'));
    const seqs = messages.flatMap((message) => (message.kind === 'delta' ? [message.seq] : []));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    ws.close();
  });

  it('answers what it cannot do with an error, and stays open', async () => {
    const { ws, messages, send, until } = await open();
    ws.send('nonsense');
    ws.send(JSON.stringify({ op: 'subscribe', id: 'x', topic: 'nonsense' }));
    ws.send(JSON.stringify({ op: 'nonsense', id: 'n' }));
    send({ op: 'subscribe', id: 'o', topic: 'orders' });
    send({ op: 'unsubscribe', id: 'u', subscription: 'e9' });
    send({ op: 'ping', id: 'p' });
    await until(() => messages.some(({ kind }) => kind === 'pong'));
    const codes = messages.flatMap((message) => (message.kind === 'error' ? [[message.id, message.problem.code]] : []));
    // Orders need an account, which nobody has yet.
    expect(codes).toEqual([
      [undefined, 'malformed-message'],
      ['x', 'invalid-field'],
      ['n', 'unknown-operation'],
      ['o', 'unauthenticated'],
      ['u', 'unknown-subscription'],
    ]);
    ws.close();
  });

  it('follows nothing any more for who left before it was told who it was', async () => {
    let look: () => void = () => undefined;
    const looking = new Promise<void>((resolve) => (look = resolve));
    const signIn = Reflect.get(Visitor.prototype, 'signIn');
    const signingIn = vi.spyOn(Visitor.prototype, 'signIn').mockImplementation(async function (this: Visitor, token) {
      await looking;
      return signIn.call(this, token);
    });
    const following = vi.spyOn(JobBoard.prototype, 'onChange');
    try {
      const { ws, send } = await open();
      send({ op: 'auth', token: 'whatever' });
      send({ op: 'subscribe', id: 's', topic: 'jobs' });
      send({ op: 'ping', id: 'p' });
      await expect.poll(() => signingIn.mock.calls.length).toBe(1);
      ws.terminate();
      const metrics = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();
      await expect.poll(metrics).toMatch(/clients 0\b/);
      look();
      await signingIn.mock.results[0]?.value;
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(following).not.toHaveBeenCalled();
    } finally {
      for (const spy of [signingIn, following]) spy.mockRestore();
    }
  });
});
