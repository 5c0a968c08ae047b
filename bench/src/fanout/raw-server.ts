// The floor: one prebuilt frame written to each bare socket, nothing else.
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptRaw, textFrame } from './handshake.js';
import { candleAt, pace, type ToServer } from './protocol.js';

const sockets: Duplex[] = [];
const server = createServer();
server.on('connection', (socket) => socket.setNoDelay(true));
acceptRaw(server, (socket) => sockets.push(socket));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ kind: 'listening', port: address.port });
});
process.on('message', (order: ToServer) => {
  if (order.kind === 'stop') process.exit(0);
  let seq = 0;
  void pace(order, (index) => {
    const frame = textFrame(
      JSON.stringify({ kind: 'candle', subscription: 's1', seq: ++seq, candle: candleAt(index), closed: false }),
    );
    for (const socket of sockets) socket.write(frame);
  }).then((done) => process.send?.(done));
});
