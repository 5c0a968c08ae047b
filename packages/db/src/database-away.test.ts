import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openDatabase } from './open-database.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The address of something that answers every request with `answer` and hangs up. */
async function answering(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const http = (status: string, length: number, body: string): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: text/html\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`;

it.each<[string, (socket: Socket) => void]>([
  ['hangs up', (socket) => socket.resetAndDestroy()],
  ['says nothing', (socket) => socket.end()],
  ['breaks off in the middle of its answer', (socket) => socket.end(http('200 OK', 500, '{"ba'))],
  ['fails as a gateway', (socket) => socket.end(http('502 Bad Gateway', 3, 'no!'))],
  ['answers with a page', (socket) => socket.end(http('200 OK', 14, '<h1>hello</h1>'))],
])('a server that %s makes the database unavailable for now', async (_, answer) => {
  const database = await openDatabase({ url: await answering(answer) });
  const away = { name: 'DatabaseError', kind: 'unavailable', retryable: true };
  await expect(database.candles.list()).rejects.toMatchObject(away);
  await expect(database.trades.delete({ exchange: 'a', symbol: 'B/C' })).rejects.toMatchObject(away);
  await expect(database.ping()).rejects.toMatchObject(away);
  await database.close();
});
