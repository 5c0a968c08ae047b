import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { createHash } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binaryFrame, textFrame } from './frame.js';

/** Bare TCP that answers the handshake and then plays our frames: `ws` itself judges them. */
const server = createServer();
let tcp: Socket;
let client: WebSocket;
const inbox = new EventEmitter();

beforeAll(async () => {
  server.on('connection', (socket) => {
    tcp = socket;
    socket.once('data', (request) => {
      const key = /sec-websocket-key: (.*)\r/i.exec(request.toString())?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Accept: ${accept}\r\n` +
          `Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n\r\n`,
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client.on('message', (data: Buffer, isBinary) => inbox.emit('message', { data, isBinary }));
  await once(client, 'open');
});
afterAll(() => {
  client.terminate();
  server.close();
});

const received = async (frame: Buffer): Promise<{ data: Buffer; isBinary: boolean }> => {
  const arrival = once(inbox, 'message') as Promise<[{ data: Buffer; isBinary: boolean }]>;
  tcp.write(frame);
  return (await arrival)[0];
};

describe('frames', () => {
  it.each([0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, 300_000])('carry %i bytes as they are', async (length) => {
    const text = 'x'.repeat(length);
    for (const isDeflated of [false, true]) {
      const asText = await received(textFrame(text, isDeflated));
      expect(asText.isBinary).toBe(false);
      expect(asText.data.toString()).toBe(text);
      const asBinary = await received(binaryFrame(Buffer.from(text), isDeflated));
      expect(asBinary.isBinary).toBe(true);
      expect(asBinary.data.equals(Buffer.from(text))).toBe(true);
    }
  });

  it('carry any text, compressed or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.boolean(), async (text, isDeflated) => {
        expect((await received(textFrame(text, isDeflated))).data.toString('utf8')).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('are smaller when compressed', () => {
    expect(textFrame('[1,2,3],'.repeat(500), true).length).toBeLessThan(600);
  });
});
