// What one writes first: `ws`, and the message serialised for each client.
import { WebSocketServer, type WebSocket } from 'ws';
import { candleAt, pace, type ToServer } from './protocol.js';

const clients: WebSocket[] = [];
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (client) => clients.push(client));
server.on('listening', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ kind: 'listening', port: address.port });
});
process.on('message', (order: ToServer) => {
  if (order.kind === 'stop') process.exit(0);
  let seq = 0;
  void pace(order, (index) => {
    seq++;
    const candle = candleAt(index);
    for (const client of clients)
      client.send(JSON.stringify({ kind: 'candle', subscription: 's1', seq, candle, closed: false }));
  }).then((done) => process.send?.(done));
});
