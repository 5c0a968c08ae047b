import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectExchange, type ConnectOptions } from './connect.js';
import type { ExchangeConnection } from './ports.js';
import { Listener, until } from './testing/listen.js';

/**
 * A worker that tells what it was asked to watch as healed candles from there on, and does to itself what the
 * asked symbol names: crash, hang, say nothing.
 */
const WORKER = `
import { parentPort } from 'node:worker_threads';
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
const counter = new URL('./starts', import.meta.url);
const starts = existsSync(counter) ? Number(readFileSync(counter, 'utf8')) + 1 : 1;
writeFileSync(counter, String(starts));
const tell = (event, watch) => parentPort.postMessage({ kind: 'events', events: [{ event, watch }] });
parentPort.on('message', (message) => {
  if (message.kind === 'ping') parentPort.postMessage({ kind: 'pong' });
  if (message.kind === 'close') process.exit(0);
  if (message.kind === 'watch') {
    const { symbol, timeframe, afterMs, watch } = message.series;
    const openMs = afterMs - (afterMs % 60000) + 60000;
    const candle = [openMs, 1, 1, 1, 1, starts];
    tell({ kind: 'closed', symbol, timeframe, candle, exchangeTimeMs: 0, receivedAtMs: 0 }, watch);
    tell({ kind: 'closed', symbol, timeframe, candle, exchangeTimeMs: 0, receivedAtMs: 0 }, watch - 1);
  }
  if (message.kind === 'tickers') {
    tell({ kind: 'tickers', tickers: [{ symbol: message.symbols[0], last: starts }] }, null);
  }
  if (message.kind === 'ask' && message.question.query?.symbol === 'CRASH') throw new Error('planted crash');
  if (message.kind === 'ask' && message.question.query?.symbol === 'HANG') for (;;);
  if (message.kind === 'ask' && message.question.about === 'markets') {
    parentPort.postMessage({ kind: 'answer', id: message.id, result: { ok: true, value: [] } });
  }
});
`;

describe('the host of a worker', () => {
  let folder: string;
  let connection: ExchangeConnection | null = null;
  const warnings: string[] = [];

  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'exchange-host-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => connection?.close());

  function connect(options: ConnectOptions = {}): ExchangeConnection {
    const file = join(folder, `worker-${warnings.length}-${Math.floor(performance.now())}`);
    rmSync(join(folder, 'starts'), { force: true });
    writeFileSync(`${file}.mjs`, WORKER);
    const logger = { info: () => undefined, warn: (text: string) => warnings.push(text) };
    connection = connectExchange({ id: 'kraken' }, { workerUrl: pathToFileURL(`${file}.mjs`), logger, ...options });
    return connection;
  }

  const planted = (symbol: string) => connection!.fetchCandles({ symbol, timeframe: '1m', limit: 1 });

  it('restarts a crashed worker and goes on from the last candle told; questions under way fail as values', async () => {
    connect();
    const heard = new Listener(connection!);
    connection!.watchCandles({ symbol: 'A/B', timeframe: '1m', afterMs: 0 });
    connection!.watchTickers(['A/B']);
    await until('the first candle', () => heard.closed('A/B', '1m').length === 1);
    expect(await planted('CRASH')).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', retryable: true, message: expect.stringContaining('planted crash') as string },
    });
    expect(heard.state).toBe('down');
    await until('the watch restored', () => heard.closed('A/B', '1m').length === 2);
    expect(heard.closed('A/B', '1m').map((row) => [row[0], row[5]])).toEqual([
      [60_000, 1],
      [120_000, 2],
    ]);
    await until('the tickers restored', () => heard.events.filter((event) => event.kind === 'tickers').length === 2);
    expect(await connection!.markets()).toEqual({ ok: true, value: [] });
    expect(heard.broken).toEqual([]);
    expect(warnings.join()).toContain('planted crash');
  });

  it('ends and replaces a worker that hangs', async () => {
    connect({ hungAfterMs: 1_000 });
    const heard = new Listener(connection!);
    connection!.watchCandles({ symbol: 'A/B', timeframe: '1m', afterMs: 0 });
    await until('the first candle', () => heard.closed('A/B', '1m').length === 1);
    expect(await planted('HANG')).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    await until('the watch restored', () => heard.closed('A/B', '1m').length === 2);
    expect(heard.broken).toEqual([]);
  });

  it('says what is wrong with an exchange CCXT does not know, and does not try for ever', async () => {
    const starts = warnings.length;
    connection = connectExchange(
      { id: 'nosuchexchange' },
      { logger: { info: () => undefined, warn: (text) => warnings.push(text) } },
    );
    const heard = new Listener(connection);
    connection.watchCandles({ symbol: 'A/B', timeframe: '1m', afterMs: 0 });
    expect(await connection.capabilities()).toMatchObject({
      ok: false,
      error: { kind: 'unsupported', retryable: false },
    });
    expect(heard.state).toBe('down');
    expect(heard.events.some((event) => event.kind === 'series-failed')).toBe(true);
    expect(await connection.markets()).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
    expect(warnings.length).toBe(starts);
  });

  it('lets no question wait for ever', async () => {
    connect({ answerWithinMs: 200 });
    expect(await planted('SILENT')).toMatchObject({ ok: false, error: { kind: 'timeout', retryable: true } });
  });

  it('tells nothing of a series that is no longer watched, nor of an earlier watch of it', async () => {
    connect();
    const heard = new Listener(connection!);
    connection!.watchCandles({ symbol: 'A/B', timeframe: '1m', afterMs: 0 });
    connection!.unwatchCandles({ symbol: 'A/B', timeframe: '1m' });
    connection!.watchCandles({ symbol: 'A/B', timeframe: '1m', afterMs: 600_000 });
    await connection!.markets();
    expect(heard.closed('A/B', '1m').map((row) => row[0])).toEqual([660_000]);
  });
});
