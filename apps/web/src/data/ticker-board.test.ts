import { createWickClient, type SocketLike } from '@wickworks/client';
import { afterEach, expect, it } from 'vitest';
import { TickerBoard } from './ticker-board.js';

interface Op {
  readonly op: string;
  readonly id: string;
  readonly symbols?: readonly string[];
}
const LISTED = ['BTC/USDT', 'ETH/USDT'];

/** A server that answers as ours does: it refuses a list with the first symbol it does not know. */
class PageSocket implements SocketLike {
  static readonly asked: (readonly string[])[] = [];
  binaryType = 'blob';
  readyState = 1;
  onopen = null;
  onmessage: ((event: never) => void) | null = null;
  onclose = null;
  onerror = null;

  constructor() {
    setTimeout(() => this.tell({ kind: 'hello', protocol: 1, serverTimeMs: Date.now(), heartbeatMs: 60_000 }), 0);
  }

  send(data: string): void {
    const { op, id, symbols = [] } = JSON.parse(data) as Op;
    if (op !== 'tickers') return;
    PageSocket.asked.push(symbols);
    const odd = symbols.findIndex((symbol) => !LISTED.includes(symbol));
    if (odd < 0) {
      this.tell({ kind: 'subscribed', id, subscription: id, resumeToken: '' });
      const tickers = symbols.map((symbol) => [symbol, 7, null, null, 1]);
      this.tell({ kind: 'tickers', subscription: id, seq: 0, tickers });
      return;
    }
    const text = { type: 'about:blank', title: 'Unknown symbol', detail: 'no such market', requestId: 'r' };
    const issues = [{ path: `symbols.${String(odd)}`, message: 'no such market' }];
    const problem = { ...text, status: 404, code: 'unknown-symbol', retryable: false, issues };
    this.tell({ kind: 'error', id, problem });
  }
  close(): void {
    this.readyState = 3;
  }
  tell(message: object): void {
    setTimeout(() =>
      (this.onmessage as ((event: { data: string }) => void) | null)?.({ data: JSON.stringify(message) }),
    );
  }
}

const client = createWickClient({ baseUrl: 'http://127.0.0.1', WebSocket: PageSocket });
afterEach(() => client.close());

it('has prices of all others where the exchange lists one of them no more', async () => {
  const board = new TickerBoard('local', client.ohlcv);
  board.want(['BTC/USDT', 'GONE/USDT', 'ETH/USDT', 'OLD/USDT']);
  await expect.poll(() => board.get('ETH/USDT')?.last).toBe(7);
  expect(board.get('BTC/USDT')?.last).toBe(7);
  expect(board.get('GONE/USDT')).toBeUndefined();
  expect(PageSocket.asked.at(-1)).toEqual(['BTC/USDT', 'ETH/USDT']);
  expect(PageSocket.asked).toHaveLength(3);
});
