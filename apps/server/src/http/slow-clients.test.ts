import { connect, type Socket } from 'node:net';
import { Problem } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

/** As a server waits, only shorter. */
const PATIENCE = { headersMs: 400, requestMs: 800, silenceMs: 700, keepAliveMs: 300, lookEveryMs: 50 };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer([new ScriptedExchange()], { patience: PATIENCE });
  await server.assembled;
});
afterAll(() => server.dispose());

/** A bare connection, and what came over it until it ended. */
function line(): { tcp: Socket; ended: Promise<string> } {
  const tcp = connect(Number(new URL(server.url).port), '127.0.0.1');
  let seen = '';
  tcp.on('data', (piece) => (seen += piece.toString('latin1')));
  // Hung up on while still sending: what counts is what came before.
  tcp.on('error', () => undefined);
  return { tcp, ended: new Promise((resolve) => tcp.once('close', () => resolve(seen))) };
}

/** Sends `text` a byte at a time for as long as somebody listens. */
function drip(tcp: Socket, text: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (tcp.destroyed) clearInterval(timer);
    else tcp.write(text.charAt(sent++ % text.length));
  }, 10);
  tcp.once('close', () => clearInterval(timer));
}

const refusalIn = (answer: string): { status: number; problem: Problem } => ({
  status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
  problem: Problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))),
});
const isWell = async (): Promise<boolean> => (await fetch(`${server.url}/api/health/live`)).ok;

const POST = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

describe('clients that take their time', () => {
  it('are told so and let go when the headers do not end', async () => {
    const { tcp, ended } = line();
    tcp.write('GET /api/health HTTP/1.1\r\nHost: localhost\r\n');
    drip(tcp, 'X-A: b\r\n');
    expect(await isWell()).toBe(true);
    expect(refusalIn(await ended)).toMatchObject({ status: 408, problem: { status: 408, code: 'bad-request' } });
  });

  it('are told so and let go when the body does not end', async () => {
    const { tcp, ended } = line();
    tcp.write(`${POST}Content-Length: 100000\r\n\r\n`);
    drip(tcp, '{"username":');
    expect(await isWell()).toBe(true);
    expect(refusalIn(await ended).status).toBe(408);
  });

  it('are let go when they say nothing, before or after an answer', async () => {
    const silent = line();
    expect(refusalIn(await silent.ended).status).toBe(408);
    const content = line();
    content.tcp.write('GET /api/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await content.ended).toMatch(/^HTTP\/1\.1 200/);
  });

  it('are let go when they do not read what they asked for', async () => {
    const { tcp, ended } = line();
    tcp.pause();
    const closed = new Promise((resolve) => tcp.once('close', resolve));
    const asks = 'GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n';
    tcp.write(asks.repeat(100));
    // Nothing is read, so the end is noticed by writing only.
    drip(tcp, asks);
    expect(await isWell()).toBe(true);
    await Promise.race([closed, ended]);
  });

  it('a thousand of them at once keep nobody else from being served', async () => {
    const slow = Array.from({ length: 1_000 }, () => line());
    for (const { tcp } of slow) tcp.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    expect(await isWell()).toBe(true);
    const answers = await Promise.all(slow.map(({ ended }) => ended));
    expect(new Set(answers.map((answer) => refusalIn(answer).status))).toEqual(new Set([408]));
    expect(await isWell()).toBe(true);
  });
});

describe('requests larger than they may be', () => {
  it.each([
    ['a header', `GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['a body by its own word', `${POST}Connection: close\r\nContent-Length: 2000000\r\n\r\n`, 413],
    [
      'a body by and by',
      `${POST}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n${`2000\r\n${'x'.repeat(0x2000)}\r\n`.repeat(200)}0\r\n\r\n`,
      413,
    ],
    [
      'the extensions of chunks',
      `${POST}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(40_000)}\r\n{}\r\n0\r\n\r\n`,
      413,
    ],
  ])('%s is refused', async (_, request, status) => {
    const { tcp, ended } = line();
    tcp.write(request);
    expect(refusalIn(await ended)).toMatchObject({ status, problem: { status, code: 'payload-too-large' } });
    expect(await isWell()).toBe(true);
  });
});

describe('requests that can be read two ways', () => {
  it.each([
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['chunks of a kind nobody knows', `${POST}Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n`],
    ['a bare line feed', 'GET /api/health HTTP/1.1\nHost: localhost\r\nX:\n\n'],
    ['no host', 'GET /api/health HTTP/1.1\r\n\r\n'],
    ['nothing of the kind', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('are refused: %s', async (_, request) => {
    const { tcp, ended } = line();
    tcp.write(request, 'latin1');
    const answer = await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    // Never a second answer to what was sent as one.
    expect(answer.match(/HTTP\/1\.1 \d{3} /g)?.length).toBe(1);
  });
});
