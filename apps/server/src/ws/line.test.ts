import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { takenBytesOf, stateOfLine } from './line.js';

it.each([
  [{ wasHeard: true, backlogBytes: 9, takenBytes: 0 }, 'alive'],
  [{ wasHeard: false, backlogBytes: 9, takenBytes: 1 }, 'alive'],
  [{ wasHeard: false, backlogBytes: 9, takenBytes: 0 }, 'jammed'],
  [{ wasHeard: false, backlogBytes: 0, takenBytes: 1 }, 'dead'],
] as const)('finds a line with %o %s', (signs, state) => {
  expect(stateOfLine(signs)).toBe(state);
});

it('counts what the kernel has taken, not what waits', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  client.pause();
  const chunk = Buffer.alloc(1 << 20);
  let written = 0;
  while (socket.writableLength === 0 || written < 64 * chunk.length) {
    socket.write(chunk);
    written += chunk.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(socket.writableLength).toBeGreaterThan(0);
  expect(takenBytesOf(socket)).toBe(written - socket.writableLength);
  const before = takenBytesOf(socket);
  client.resume();
  await once(socket, 'drain');
  expect(takenBytesOf(socket)).toBeGreaterThan(before);
  client.destroy();
  socket.destroy();
  server.close();
});
