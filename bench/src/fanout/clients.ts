// Holds all client sockets of a run: bare TCP with a hand-made upgrade, so that receiving costs as little as possible.
import { connect, type Socket } from 'node:net';
import { clockMs, SYMBOLS, type FromClients, type ToClients } from './protocol.js';

const SAMPLE_EVERY = 17;
const MARK = Buffer.from('"kind":"candle"');

const say = (message: FromClients) => process.send?.(message);
const sockets: Socket[] = [];
let messages = 0;
let bytes = 0;
let wanted = Infinity;
let latenciesMs: number[] = [];

const TEXT = 1;
const PING = 9;
const PONG = 10;

/** A masked client frame (mask of zeros: the body stays readable). */
function maskedFrame(opcode: number, body: Buffer): Buffer {
  const first = 0x80 | opcode;
  const header = body.length < 126 ? [first, 0x80 | body.length] : [first, 0xfe, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), body]);
}

const subscription = (symbol: string): Buffer => {
  const series = { exchange: 'bench', symbol, timeframe: '1m' };
  return maskedFrame(TEXT, Buffer.from(JSON.stringify({ op: 'subscribe', id: symbol, ...series, limit: 1 })));
};

/** Counts whole frames in a stream of chunks, samples the age of candle messages and answers pings. */
function reader(socket: Socket): (chunk: Buffer) => void {
  let rest: Buffer | null = null;
  return (chunk) => {
    bytes += chunk.length;
    let data = rest ? Buffer.concat([rest, chunk]) : chunk;
    rest = null;
    while (data.length >= 2) {
      const short = data[1]! & 127;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length < header) break;
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
      if (data.length < header + length) break;
      const body = data.subarray(header, header + length);
      if ((data[0]! & 15) === PING) socket.write(maskedFrame(PONG, body));
      const isCompressed = (data[0]! & 0x40) !== 0; // what is small travels as it is, also where compression was agreed
      if (isCompressed || body.includes(MARK)) {
        messages++;
        if (!isCompressed && messages % SAMPLE_EVERY === 0)
          latenciesMs.push(clockMs() - Number(/,([\d.]+)\]/.exec(body.toString())?.[1]));
      }
      data = data.subarray(header + length);
    }
    if (data.length > 0) rest = data;
    if (messages >= wanted) {
      wanted = Infinity;
      say({ kind: 'received', messages, bytes, latenciesMs });
    }
  };
}

async function open(order: ToClients & { kind: 'connect' }): Promise<void> {
  const extension = order.deflate
    ? 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n'
    : '';
  for (let i = 0; i < order.clients; i++) {
    await new Promise<void>((resolve, reject) => {
      const socket = connect(order.port, '127.0.0.1');
      socket.setNoDelay(true);
      socket.on('error', reject);
      socket.write(
        `GET /ws/ohlcv HTTP/1.1\r\nHost: 127.0.0.1:${order.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${extension}\r\n`,
      );
      let head = '';
      const upgrade = (chunk: Buffer) => {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', upgrade);
        const read = reader(socket);
        socket.on('data', read);
        const after = Buffer.from(head.slice(end + 4), 'latin1');
        if (after.length > 0) read(after);
        for (const symbol of SYMBOLS.slice(0, order.subscribe)) socket.write(subscription(symbol));
        resolve();
      };
      socket.on('data', upgrade);
      sockets.push(socket);
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // snapshots and first messages pass before counting starts
  say({ kind: 'connected' });
}

process.on('message', (order: ToClients) => {
  if (order.kind === 'stop') process.exit(0);
  if (order.kind === 'connect') void open(order);
  else {
    messages = 0;
    bytes = 0;
    latenciesMs = [];
    wanted = order.messagesPerClient * sockets.length;
    say({ kind: 'connected' });
  }
});
