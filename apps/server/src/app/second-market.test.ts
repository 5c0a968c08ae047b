import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SignalView, StrategyDocument, StrategyView, type StrategyDocumentInput } from '@wickworks/contracts';
import { Candles, type CandleRow } from '@wickworks/core';
import { backtest, compileStrategy } from '@wickworks/engine';
import { connectExchange } from '@wickworks/exchange';
import { startVenue, type RunningVenue } from '@wickworks/venue';
import { ask } from '../testing/ask.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);

/** Buys BTC as ETH rises above its mean, sells as it falls below, or at a stop. */
const document: StrategyDocumentInput = {
  schema: 1,
  name: 'Leader',
  timeframe: '1m',
  indicators: {
    leader: { id: 'ema', params: { period: 2 }, symbol: 'ETH/USDT' },
    mean: { id: 'sma', params: { period: 9 }, symbol: 'ETH/USDT' },
    slow: { id: 'sma', params: { period: 3 }, symbol: 'ETH/USDT', timeframe: '15m' },
  },
  conditions: {
    up: { crossesAbove: ['leader', 'mean'] },
    down: { crossesBelow: ['leader', 'mean'] },
  },
  entry: { long: { when: { all: ['up', { compare: ['slow', '>', 0] }] }, label: 'led up' } },
  exit: { long: { when: 'down' } },
  size: { kind: 'quote', amount: 1_000 },
  stopLoss: { kind: 'ratio', ratio: 0.004 },
};

const opened: { dispose(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.dispose();
});

const saved = async (server: TestServer, change: Partial<StrategyDocumentInput> = {}): Promise<string> => {
  const created = await ask(server, 'POST', '/strategies', { document: { ...document, ...change } });
  return StrategyView.parse(created.json).id;
};
const running = async (server: TestServer, id: string): Promise<StrategyView['running']> =>
  StrategyView.parse((await ask(server, 'GET', `/strategies/${id}`)).json).running;
/** Oldest first. */
const signals = async (server: TestServer, id: string): Promise<readonly SignalView[]> =>
  z
    .object({ items: z.array(SignalView) })
    .parse((await ask(server, 'GET', `/strategies/${id}/signals?limit=200`)).json)
    .items.toReversed();

describe('a strategy that reads a second market, on the local venue', { timeout: 120_000 }, () => {
  const BEGIN_MS = Date.UTC(2026, 10, 18, 6);
  let venue: RunningVenue;
  let dataDir: string;
  beforeEach(async () => {
    venue = await startVenue({ port: 0, speed: 0, startMs: BEGIN_MS, faults: true });
    opened.push({ dispose: () => venue.close() });
    dataDir = mkdtempSync(join(tmpdir(), 'wick-second-market-'));
    opened.push({ dispose: () => rm(dataDir, { recursive: true, force: true }) });
  });

  const serve = () =>
    startTestServer([connectExchange({ id: 'local', venueUrl: venue.url })], {
      dataDir,
      env: { WICK_VENUE: venue.url },
    });
  const advance = async (minutes: number): Promise<void> => {
    const answer = await fetch(`${venue.url}/_venue/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: minutes * MINUTE }),
    });
    expect(answer.status).toBe(200);
  };
  const candlesOf = async (symbol: string, fromMs: number, untilMs: number): Promise<Candles> => {
    const rows: CandleRow[] = [];
    for (let atMs = fromMs; atMs < untilMs; atMs += 1_000 * MINUTE) {
      const endMs = Math.min(untilMs, atMs + 1_000 * MINUTE) - 1;
      const query = `symbol=${symbol}&interval=1m&startTime=${String(atMs)}&endTime=${String(endMs)}&limit=1000`;
      const page = (await (await fetch(`${venue.url}/api/v3/klines?${query}`)).json()) as unknown[][];
      rows.push(...page.map((row) => row.slice(0, 6).map(Number) as unknown as CandleRow));
    }
    return Candles.fromRows(rows);
  };

  /** What a backtest decides over the very candles, as [open time, action, reason, price]. */
  const decided = async (symbols: readonly string[], untilMs: number): Promise<readonly unknown[]> => {
    const compiled = compileStrategy(StrategyDocument.parse({ ...document, trade: ['BTC/USDT'] }));
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    const markets = await Promise.all(
      symbols.map(async (symbol) => ({
        rules: { symbol, tickSize: 0.01, lotSize: 0.000_01, minNotional: 0, makerFeeBps: 0, takerFeeBps: 0 },
        timeframe: '1m' as const,
        candles: await candlesOf(symbol.replace('/', ''), BEGIN_MS - 2_000 * MINUTE, untilMs),
      })),
    );
    const run = backtest({ markets, strategy: compiled.value, rules: { cash: 1_000_000, shorting: true } });
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    const { orders, fills } = run.value;
    const { candles } = markets[symbols.indexOf('BTC/USDT')]!;
    const closeAt = new Map(Array.from({ length: candles.length }, (_, at) => [candles.time[at]!, candles.close[at]!]));
    const wishes = orders
      .filter(({ request }) => request.parentId === 0)
      .map(({ request: { createdMs, reduceOnly, tag } }) => {
        const openMs = createdMs - MINUTE;
        return [openMs, reduceOnly ? 'exit-long' : 'enter-long', tag, closeAt.get(openMs)] as const;
      });
    const stops = fills
      .filter(({ tag }) => tag === 'stop-loss')
      .map(({ timeMs, tag, priceUnits }) => [timeMs, 'exit-long', tag, priceUnits / 100] as const);
    return [...stops, ...wishes].filter(([openMs]) => openMs >= BEGIN_MS).toSorted(([a], [b]) => a - b);
  };
  const told = async (server: TestServer, id: string): Promise<readonly unknown[]> =>
    (await signals(server, id)).map(({ openTimeMs, action, reason, price }) => [openTimeMs, action, reason, price]);

  it.each([
    ['as listed first', ['ETH/USDT', 'BTC/USDT']],
    ['unlisted, behind its own', ['BTC/USDT', 'ETH/USDT']],
  ])('signals what a backtest decides, %s, and goes on after a restart', async (_name, order) => {
    const isListed = order[0] === 'ETH/USDT';
    const first = await serve();
    opened.push(first);
    const id = await saved(first, isListed ? { trade: ['BTC/USDT'] } : {});
    const markets = (isListed ? order : ['BTC/USDT']).map((symbol) => ({ exchange: 'local', symbol }));
    const started = await ask(first, 'POST', `/strategies/${id}/start`, { markets });
    expect(started).toMatchObject({ status: 200, json: { running: markets, fault: null } });
    const client = await TestClient.open(first.socketUrl);
    await client.subscribe({ exchange: 'local', strategies: [id] });
    for (let step = 0; step < 6; step++) await advance(20);
    // The last close of the other market is awaited where it is told first.
    const half = await decided(order, BEGIN_MS + 119 * MINUTE);
    expect(half.length).toBeGreaterThan(4);
    await expect.poll(async () => (await told(first, id)).slice(0, half.length), { timeout: 30_000 }).toEqual(half);
    await client.until(() => client.all('signal').length >= half.length);
    client.close();
    await first.dispose(true);
    await advance(60);
    const second = await serve();
    opened.push(second);
    for (let step = 0; step < 6; step++) await advance(20);
    const whole = await decided(order, BEGIN_MS + 299 * MINUTE);
    expect(whole.length).toBeGreaterThan(half.length + 4);
    await expect.poll(async () => (await told(second, id)).slice(0, whole.length), { timeout: 30_000 }).toEqual(whole);
    expect(await running(second, id)).toMatchObject(markets.map((market) => ({ ...market, waitsFor: null })));
  });
});

describe('a strategy that reads a second market', { timeout: 30_000 }, () => {
  let server: TestServer;
  let exchange: ScriptedExchange;
  /** Open times of the next candle of each. */
  const next = { 'BTC/USDT': NOW, 'ETH/USDT': NOW };
  type Name = keyof typeof next;
  beforeEach(async () => {
    exchange = new ScriptedExchange();
    exchange.nowMs = NOW;
    for (const symbol of ['BTC/USDT', 'ETH/USDT'] as const) {
      next[symbol] = NOW;
      for (let minute = 60; minute > 0; minute--)
        exchange.rowsOf(symbol, '1m').push([NOW - minute * MINUTE, 100, 101, 99, 100, 1]);
    }
    server = await startTestServer([exchange]);
    opened.push(server);
    await server.assembled;
  });

  const close = (symbol: Name, price = 100): void => {
    exchange.tellClosed([next[symbol], price, price + 1, price - 1, price, 1], symbol);
    next[symbol] += MINUTE;
  };
  const BTC = { exchange: 'scripted', symbol: 'BTC/USDT' };
  const ETH = { exchange: 'scripted', symbol: 'ETH/USDT' };
  /** Says what ETH is, at every candle of BTC. */
  const jumps: Partial<StrategyDocumentInput> = {
    indicators: { leader: { id: 'sma', params: { period: 1 }, symbol: 'ETH/USDT' } },
    conditions: { high: { compare: ['leader', '>', 105] } },
    entry: { long: { when: 'high' } },
    exit: { long: { when: { compare: ['leader', '<', 95] } } },
    size: { kind: 'quote', amount: 1_000 },
  };
  const { stopLoss: _none, ...bare } = document;
  const followed = async (markets: object[], change: object = {}): Promise<string> => {
    const created = await ask(server, 'POST', '/strategies', { document: { ...bare, ...jumps, ...change } });
    const { id } = StrategyView.parse(created.json);
    expect((await ask(server, 'POST', `/strategies/${id}/start`, { markets })).status).toBe(200);
    return id;
  };
  const isToldOf = (id: string, symbol: Name, sinceMs: number) =>
    expect
      .poll(async () => (await running(server, id)).find((market) => market.symbol === 'BTC/USDT')?.waitsFor)
      .toEqual({ symbol, sinceMs });
  const isCurrent = (id: string) =>
    expect
      .poll(async () => (await running(server, id)).map(({ waitsFor }) => waitsFor))
      .not.toContainEqual(expect.anything());
  const opens = async (id: string) => (await signals(server, id)).map(({ openTimeMs, action }) => [openTimeMs, action]);

  it('takes both markets from one stream each', async () => {
    await followed([BTC]);
    await followed([BTC]);
    expect([...exchange.watched.keys()].toSorted()).toEqual(['BTC/USDT 1m', 'ETH/USDT 1m']);
  });

  it('sees the other market one candle later where its own is told first, as a backtest does', async () => {
    const id = await followed([BTC]);
    close('ETH/USDT', 110);
    close('BTC/USDT');
    close('ETH/USDT', 90);
    close('BTC/USDT');
    close('BTC/USDT');
    await expect
      .poll(() => opens(id))
      .toEqual([
        [NOW + MINUTE, 'enter-long'],
        [NOW + 2 * MINUTE, 'exit-long'],
      ]);
  });

  it('waits for a late market and never takes its old value for the current one', async () => {
    const id = await followed([ETH, BTC], { trade: ['BTC/USDT'] });
    close('BTC/USDT');
    await isToldOf(id, 'ETH/USDT', NOW + MINUTE);
    close('BTC/USDT');
    close('BTC/USDT');
    // The first of the candles held back says since when.
    await isToldOf(id, 'ETH/USDT', NOW + MINUTE);
    expect(await signals(server, id)).toEqual([]);
    close('ETH/USDT', 110);
    await expect.poll(() => opens(id)).toEqual([[NOW, 'enter-long']]);
    await isToldOf(id, 'ETH/USDT', NOW + 2 * MINUTE);
    close('ETH/USDT', 90);
    close('ETH/USDT', 90);
    await expect
      .poll(() => opens(id))
      .toEqual([
        [NOW, 'enter-long'],
        [NOW + MINUTE, 'exit-long'],
      ]);
    await isCurrent(id);
  });

  it('waits over a gap of the other market until its next candle shows that it is one', async () => {
    const id = await followed([ETH, BTC], { trade: ['BTC/USDT'] });
    close('ETH/USDT', 110);
    close('BTC/USDT');
    await expect.poll(() => opens(id)).toEqual([[NOW, 'enter-long']]);
    next['ETH/USDT'] += 2 * MINUTE;
    close('BTC/USDT');
    close('BTC/USDT');
    close('BTC/USDT');
    await isToldOf(id, 'ETH/USDT', NOW + 2 * MINUTE);
    close('ETH/USDT', 90);
    await expect
      .poll(() => opens(id))
      .toEqual([
        [NOW, 'enter-long'],
        [NOW + 3 * MINUTE, 'exit-long'],
      ]);
    await isCurrent(id);
  });

  it('works through all again when a candle of the other market is corrected', async () => {
    const id = await followed([ETH, BTC], { trade: ['BTC/USDT'] });
    close('ETH/USDT', 100);
    close('BTC/USDT');
    close('ETH/USDT', 100);
    close('BTC/USDT');
    await isCurrent(id);
    const [previous, candle]: CandleRow[] = [
      [NOW + MINUTE, 100, 101, 99, 100, 1],
      [NOW + MINUTE, 110, 111, 109, 110, 1],
    ];
    exchange.emit({ kind: 'corrected', symbol: 'ETH/USDT', timeframe: '1m', candle: candle!, previous: previous! });
    await expect.poll(() => opens(id)).toEqual([[NOW + MINUTE, 'enter-long']]);
  });

  it('stops with the market named when the exchange gives that market up', async () => {
    const id = await followed([BTC]);
    const failure = { kind: 'unknown-symbol', message: 'ETH/USDT was delisted', retryable: false } as const;
    exchange.emit({ kind: 'series-failed', symbol: 'ETH/USDT', timeframe: '1m', failure });
    await expect
      .poll(async () => (await ask(server, 'GET', `/strategies/${id}`)).json)
      .toMatchObject({ running: [], fault: 'ETH/USDT: ETH/USDT was delisted' });
  });

  it('has seen as many candles of the past as its slowest average needs', async () => {
    for (const symbol of ['BTC/USDT', 'ETH/USDT'])
      exchange
        .rowsOf(symbol, '1m')
        .unshift(
          ...Array.from({ length: 3_000 }, (_, at): CandleRow => [NOW - (3_060 - at) * MINUTE, 100, 101, 99, 100, 1]),
        );
    const id = await followed([BTC], {
      indicators: { leader: { id: 'sma', params: { period: 2_500 }, symbol: 'ETH/USDT' } },
      conditions: { high: { compare: ['close', '>', 'leader'] } },
      exit: { long: { when: { compare: ['close', '<', 'leader'] } } },
    });
    close('ETH/USDT');
    close('BTC/USDT', 110);
    close('ETH/USDT');
    await expect.poll(() => opens(id)).toEqual([[NOW, 'enter-long']]);
  });

  it('is refused by field where the market it reads or trades is not there', async () => {
    const stranger = { indicators: { leader: { id: 'sma', params: { period: 1 }, symbol: 'X/Y' } } };
    const created = await ask(server, 'POST', '/strategies', { document: { ...bare, ...jumps, ...stranger } });
    const path = `/strategies/${StrategyView.parse(created.json).id}/start`;
    const refused = await ask(server, 'POST', path, { markets: [BTC] });
    expect(refused).toMatchObject({ status: 404, json: { code: 'unknown-symbol' } });
    expect(JSON.stringify(refused.json)).toContain('markets.0: it reads X/Y');
    expect(exchange.watched.size).toBe(1);
  });
});
