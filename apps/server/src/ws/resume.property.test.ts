import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CandleRow } from '@wickworks/core';
import { candleAt, ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);
let exchange: ScriptedExchange;
let server: TestServer;
let next = NOW;

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(NOW, 600);
  server = await startTestServer([exchange]);
});
afterAll(() => server.dispose());

type Step = 'forming' | 'close' | 'heal' | 'correct' | 'lose-line' | 'lose-line-unread';

/** What the market and the network do; each step is one thing a client must survive. */
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>('forming') },
    { weight: 4, arbitrary: fc.constant<Step>('close') },
    { weight: 1, arbitrary: fc.constant<Step>('heal') },
    { weight: 1, arbitrary: fc.constant<Step>('correct') },
    { weight: 2, arbitrary: fc.constantFrom<Step>('lose-line', 'lose-line-unread') },
  ),
  { minLength: 1, maxLength: 25 },
);

/** A client as the contract tells people to write one: fold what comes, resume behind the last `seq`. */
class Folder {
  candles = new Map<number, CandleRow>();
  seq = -1;
  token = '';
  client!: TestClient;
  #read = 0;

  /** Takes in every message so far; a hole in `seq` or a candle told twice fails the test. */
  fold(): void {
    const { messages } = this.client;
    for (; this.#read < messages.length; this.#read++) {
      const message = messages[this.#read]!;
      if (message.kind === 'subscribed') this.token = message.resumeToken;
      if (!('seq' in message)) continue;
      expect(message.seq).toBe(message.kind === 'snapshot' ? 0 : this.seq + 1);
      this.seq = message.seq;
      if (message.kind === 'snapshot')
        for (const row of message.candles.slice(0, message.forming ? -1 : undefined)) this.candles.set(row[0], row);
      if (message.kind === 'candle' && message.closed) this.#takeNew(message.candle);
      if (message.kind === 'backfill') for (const row of message.candles) this.#takeNew(row);
      if (message.kind === 'correction') this.candles.set(message.candle[0], message.candle);
    }
  }

  get newestMs(): number {
    return Math.max(...this.candles.keys());
  }

  async connect(): Promise<void> {
    this.client = await TestClient.open(server.socketUrl);
    this.#read = 0;
    if (this.token === '') await this.client.subscribe({ limit: 30 });
    else {
      this.client.send({ op: 'resume', id: 'r', resumeToken: this.token, seq: this.seq });
      await this.client.next('status');
    }
    this.fold();
  }

  async disconnect(): Promise<void> {
    this.client.close();
    await this.client.untilClosed();
  }

  #takeNew(row: CandleRow): void {
    expect(this.candles.has(row[0])).toBe(false);
    expect(row[0]).toBeGreaterThan(this.newestMs);
    this.candles.set(row[0], row);
  }
}

const closeNext = (): void => {
  exchange.tellClosed(candleAt(next));
  next += MINUTE;
};

function act(step: Step): void {
  switch (step) {
    case 'forming':
      exchange.tellForming(candleAt(next, Math.sin(next)));
      return;
    case 'close':
      closeNext();
      return;
    case 'heal': {
      const rows = [candleAt(next), candleAt(next + MINUTE)];
      exchange.rowsOf('BTC/USDT', '1m').push(...rows);
      next += 2 * MINUTE;
      exchange.heal('BTC/USDT', '1m', rows, []);
      return;
    }
    case 'correct': {
      const rows = exchange.rowsOf('BTC/USDT', '1m');
      const last = rows.pop()!;
      const changed: CandleRow = [last[0], last[1], last[2] + 1, last[3], last[4], last[5] + 1];
      rows.push(changed);
      exchange.heal('BTC/USDT', '1m', [changed], []);
      return;
    }
    case 'lose-line':
    case 'lose-line-unread':
  }
}

describe('a client that loses its line again and again', () => {
  it('ends up with every closed candle exactly once and as the exchange reports it', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const folder = new Folder();
        await folder.connect();
        for (const step of script) {
          act(step);
          if (step !== 'lose-line' && step !== 'lose-line-unread') continue;
          // Read or not: what was not folded before the line broke must come again.
          if (step === 'lose-line') folder.fold();
          await folder.disconnect();
          closeNext();
          exchange.tellForming(candleAt(next));
          await folder.connect();
        }
        closeNext();
        await folder.client.until(() => {
          folder.fold();
          return folder.newestMs === next - MINUTE;
        });
        const expected = exchange.rowsOf('BTC/USDT', '1m').slice(-folder.candles.size);
        expect([...folder.candles.values()].toSorted((a, b) => a[0] - b[0])).toEqual(expected);
        await folder.disconnect();
      }),
      { numRuns: 30 },
    );
  });
});
