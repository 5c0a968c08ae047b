// Candle messages a second through the real ccxt class with our hook, beside raw `ws` with JSON.parse. An exchange
// in another process sends as fast as its client reads.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { loadCcxtClass, openExchange } from '../../packages/exchange/src/ccxt-class.js';
import { local } from '../../packages/exchange/src/venues/local.js';
import { median, moreIsBetter, type BenchResult } from './bench.js';

const ROUNDS = 5;
const WARM_UP = 50_000;
const COUNTED = 200_000;

function startBlaster(): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(fileURLToPath(new URL('ingest/blaster.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve({ child, url: message.url }));
    child.once('exit', (code) => reject(new Error(`the sending process ended with ${code}`)));
  });
}

/** Counts messages and resolves to how many came per second once warm. */
function counter(): { take: () => void; rate: Promise<number> } {
  let seen = 0;
  let started = 0;
  let resolve: (rate: number) => void;
  const rate = new Promise<number>((done) => (resolve = done));
  return {
    rate,
    take: () => {
      seen++;
      if (seen === WARM_UP) started = performance.now();
      if (seen === WARM_UP + COUNTED) resolve((COUNTED / (performance.now() - started)) * 1_000);
    },
  };
}

async function raw(url: string): Promise<number> {
  const { take, rate } = counter();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/stream/ws/1`);
  let volume = 0;
  socket.on('open', () => socket.send(JSON.stringify({ method: 'SUBSCRIBE', params: ['btcusdt@kline_1m'], id: 1 })));
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8')) as { k?: { v: string } };
    if (!message.k) return;
    volume += Number(message.k.v);
    take();
  });
  const result = await rate;
  socket.terminate();
  if (!(volume > 0)) throw new Error('nothing was read');
  return result;
}

async function throughCcxt(url: string): Promise<number> {
  const { take, rate } = counter();
  let volume = 0;
  const exchange = openExchange(await loadCcxtClass(local.ccxtId), local.settings({ id: 'local', venueUrl: url }), {
    candle: (message) => {
      const candle = local.readFlagged?.(message);
      if (!candle) return;
      volume += candle.candle[5];
      take();
    },
  });
  await exchange.loadMarkets();
  exchange.watchOHLCV('BTC/USDT', '1m').catch(() => undefined); // pending until the end, when closing rejects it
  const result = await rate;
  await exchange.close();
  if (!(volume > 0)) throw new Error('nothing was read');
  return result;
}

/** Medians of rounds in turn. */
export async function run(): Promise<BenchResult> {
  const { child, url } = await startBlaster();
  try {
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await raw(url));
      ours.push(await throughCcxt(url));
    }
    return {
      name: 'ingest',
      cases: [
        moreIsBetter('candle updates through ccxt', median(ours), 'messages/s', 'raw ws + JSON.parse', median(bare)),
      ],
    };
  } finally {
    child.kill('SIGKILL');
  }
}
