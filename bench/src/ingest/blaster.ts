// Plays an exchange that pushes kline messages as fast as its client reads them.
import { startFrameServer } from '../../../packages/exchange/src/testing/frame-server.js';
import { EXCHANGE_INFO } from '../../../packages/exchange/src/testing/exchange-info.js';

const PER_BATCH = 500;
const BUFFERED_MAX = 1_000_000;

const server = await startFrameServer({
  get: (path) =>
    path.endsWith('/exchangeInfo') ? EXCHANGE_INFO : path.endsWith('/time') ? { serverTime: Date.now() } : undefined,
  frame: (socket, text) => {
    const { id, params } = JSON.parse(text) as { id: number; params: string[] };
    socket.send(JSON.stringify({ result: null, id }));
    if (!params.includes('btcusdt@kline_1m')) return;
    let sent = 0;
    const blast = (): void => {
      if (socket.readyState !== socket.OPEN) return;
      for (let i = 0; i < PER_BATCH && socket.bufferedAmount < BUFFERED_MAX; i++) socket.send(kline(sent++));
      setImmediate(blast);
    };
    blast();
  },
});
process.send?.({ kind: 'listening', url: server.url });

const kline = (index: number): string =>
  `{"e":"kline","E":${1_672_515_782_136 + index},"s":"BTCUSDT","k":{"t":1672515780000,"T":1672515839999,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"16500.10","c":"${(16_500 + (index % 100) / 10).toFixed(2)}","h":"16520.25","l":"16490.15","v":"${(1_000 + index / 1e5).toFixed(5)}","n":100,"x":false,"q":"1.0","V":"500","Q":"0.5","B":"0"}}`;
