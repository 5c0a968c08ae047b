import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { startVenue } from '@wickworks/venue';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { killHard, spawnWick, wick } from '../testing/wick.js';

const root = mkdtempSync(join(tmpdir(), 'wick-trades-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MARKET = ['--exchange', 'binance', '--symbol', 'BTC/USDT'];
const HEADER = 'time,price,quantity,side,id';
const FROM_MS = 1723161300000;
const TO_MS = FROM_MS + 600_000;
const RANGE = ['--from', String(FROM_MS), '--to', String(TO_MS)];

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../../fixtures/exchange/${name}`, import.meta.url));

/** The ten whole minutes of the recorded trades. */
const lines = gunzipSync(readFileSync(fixture('binance_btcusdt_trades_2024-08-08.jsonl.gz')))
  .toString()
  .trim()
  .split('\n')
  .map(
    (line) =>
      (JSON.parse(line.slice(line.indexOf(' ') + 1)) as { data: Record<'T' | 'p' | 'q' | 't' | 'm', unknown> }).data,
  )
  .filter(({ T }) => Number(T) >= FROM_MS && Number(T) < TO_MS)
  .map(({ T, p, q, t, m }) => `${String(T)},${Number(p)},${Number(q)},${m === true ? 'sell' : 'buy'},${String(t)}`);

let place: { cwd: string; env: Record<string, string> };
let places = 0;
beforeEach(() => {
  const cwd = join(root, String(places++));
  mkdirSync(cwd);
  place = { cwd, env: { WICK_DATA_DIR: join(cwd, 'data'), WICK_PORT: '0', WICK_VENUE_PORT: '0' } };
  writeFileSync(join(cwd, 'trades.csv'), `${[HEADER, ...lines].join('\n')}\n`);
  copyFileSync(fixture('binance_btcusdt_1m_2024-08-08.csv'), join(cwd, 'candles.csv'));
});
const file = (name: string): string => join(place.cwd, name);
const importTrades = (...more: string[]) => wick(place, 'trades', 'import', file('trades.csv'), ...MARKET, ...more);

/** Buys whenever nothing is held, with a stop and a target that a minute may both reach. */
const strategy = {
  schema: 1,
  name: 'Near bracket',
  timeframe: '1m',
  entry: { long: { when: { compare: ['close', '>', 0] } } },
  stopLoss: { kind: 'ratio', ratio: 0.0003 },
  takeProfit: [{ kind: 'ratio', ratio: 0.0003 }],
  size: { kind: 'equity', ratio: 0.9 },
};

describe('wick trades', () => {
  it('imports a file once and whole, and exports the same', async () => {
    const first = await importTrades(...RANGE, '--json');
    expect(first.json()).toMatchObject({
      read: lines.length,
      added: lines.length,
      unchanged: 0,
      fromMs: FROM_MS,
      toMs: TO_MS,
    });
    expect((await importTrades(...RANGE, '--json')).json()).toMatchObject({ added: 0, unchanged: lines.length });
    expect((await wick(place, 'trades', 'export', ...MARKET, '--out', file('out.csv.gz'))).code).toBe(0);
    expect(gunzipSync(readFileSync(file('out.csv.gz'))).toString()).toBe(readFileSync(file('trades.csv'), 'utf8'));
    const listed = (await wick(place, 'trades', 'list', '--json')).json();
    expect(listed).toMatchObject({
      items: [{ exchange: 'binance', symbol: 'BTC/USDT', trades: lines.length, covered: [[FROM_MS, TO_MS]] }],
    });
    const verified = await wick(place, 'trades', 'verify');
    expect([verified.code, verified.out]).toEqual([
      0,
      `binance BTC/USDT: sound, ${lines.length.toLocaleString('en-US')} trades\n`,
    ]);
    expect((await wick(place, 'trades', 'delete', ...MARKET)).code).toBe(2);
    expect((await wick(place, 'trades', 'delete', ...MARKET, '--yes')).code).toBe(0);
    expect((await wick(place, 'trades', 'list')).out).toBe('no trades are stored\n');
  });

  it('imports nothing of a file with a bad row, of one that contradicts, or that holds more than it says', async () => {
    writeFileSync(file('bad.csv'), `${[HEADER, ...lines.slice(0, 40), '1,2,3,buy,'].join('\n')}\n`);
    const bad = await wick(place, 'trades', 'import', file('bad.csv'), ...MARKET);
    expect(bad.code).toBe(1);
    expect(bad.told.join('')).toContain('bad.csv line 42: time 1 comes after the later');
    expect((await wick(place, 'trades', 'list')).out).toBe('no trades are stored\n');
    const narrow = await importTrades('--to', String(TO_MS - 60_000));
    expect([narrow.code, narrow.told.join('')]).toEqual([2, expect.stringContaining('more than --from and --to say')]);
    await importTrades(...RANGE);
    const fewer = [HEADER, ...lines.filter((_, at) => at !== 100)];
    writeFileSync(file('fewer.csv'), `${fewer.join('\n')}\n`);
    const other = await wick(place, 'trades', 'import', file('fewer.csv'), ...MARKET);
    expect([other.code, other.told.join('')]).toEqual([1, expect.stringContaining('other trades are stored from')]);
    const replaced = await wick(place, 'trades', 'import', file('fewer.csv'), ...MARKET, '--replace', '--json');
    expect(replaced.json()).toMatchObject({ replaced: lines.length, stored: { trades: lines.length - 1 } });
  });

  it('fetches what is missing from the local venue; killed in the middle, it goes on', async () => {
    const venue = await startVenue({ port: 0, speed: 0, startMs: Date.UTC(2026, 10, 20), faults: true });
    const local = ['--exchange', 'local', '--symbol', 'BTC/USDT'];
    const fetchUntil = (to: string) =>
      ['trades', 'fetch', ...local, '--from', '2026-11-19', '--to', to, '--venue', venue.url, '--json']; // prettier-ignore
    try {
      const delay = { kind: 'delay', to: 'http', delayMs: 50, match: '/aggTrades', forMs: 600_000 };
      const headers = { 'content-type': 'application/json' };
      await fetch(`${venue.url}/_venue/faults`, { method: 'POST', headers, body: JSON.stringify(delay) });
      const { child } = spawnWick(place, ...fetchUntil('2026-11-19T16:00'));
      let told = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (told += text));
      while (!/[1-9][\d,]* trades/.test(told)) await once(child.stderr!, 'data');
      await killHard(child);
      await fetch(`${venue.url}/_venue/faults`, { method: 'DELETE' });
      const before = (await wick(place, 'trades', 'list', '--json')).json() as { items: { trades: number }[] };
      expect(before.items[0]!.trades).toBeGreaterThan(10_000);
      expect((await wick(place, 'trades', 'verify')).code).toBe(0);
      const resumed = await wick(place, ...fetchUntil('2026-11-19T16:00'));
      const { added } = resumed.json() as { added: number };
      const listed = (await wick(place, 'trades', 'list', '--json')).json();
      expect(listed).toMatchObject({
        items: [
          { trades: before.items[0]!.trades + added, covered: [[Date.UTC(2026, 10, 19), Date.UTC(2026, 10, 19, 16)]] },
        ],
      });
      const at = { cwd: place.cwd, env: { ...place.env, WICK_DATA_DIR: file('fresh') } };
      await wick(at, ...fetchUntil('2026-11-19T16:00'));
      expect((await wick(at, 'trades', 'list', '--json')).json()).toEqual(listed);
    } finally {
      await venue.close();
    }
  });
});

describe('wick backtest --detail trades', () => {
  const FILES = ['--in', 'candles.csv', '--symbol', 'BTC/USDT', '--timeframe', '1m'];
  const outcome = async (...argv: string[]) => {
    const result = await wick(place, 'backtest', file('near.json'), '--json', '--no-proof', ...argv);
    expect(result.told).toEqual([]);
    return result.json() as {
      dataHash: string;
      resultHash: string;
      intrabar?: { trades: number; detail: number; candles: number };
      trades: { exitTimeMs: number | null }[];
      setup: { detailTrades?: true };
    };
  };
  const inPlace = (...argv: string[]): string[] => argv.map((one) => (/\.(csv|json)$/.test(one) ? file(one) : one));
  beforeEach(() => writeFileSync(file('near.json'), JSON.stringify(strategy)));

  it('decides each candle by real trades, says so, and can be verified', async () => {
    const plain = await outcome(...inPlace(...FILES));
    expect(plain).not.toHaveProperty('intrabar');
    const traded = await outcome(
      ...inPlace(...FILES, '--detail', 'trades', '--trades-in', 'trades.csv', '--out', 'result.json'),
    );
    expect(traded.setup.detailTrades).toBe(true);
    expect(traded.intrabar!.trades).toBeGreaterThan(3);
    expect(traded.intrabar).toMatchObject({ detail: 0, candles: 0 });
    expect(traded.resultHash).not.toBe(plain.resultHash);
    // Exits at a trade's own time, not at the open of a minute.
    expect(traded.trades.some(({ exitTimeMs }) => exitTimeMs !== null && exitTimeMs % 60_000 !== 0)).toBe(true);
    expect((await wick(place, 'verify', file('result.json'))).code).toBe(0);
    const text = readFileSync(file('trades.csv'), 'utf8');
    writeFileSync(file('trades.csv'), text.split('\n').toSpliced(500, 1).join('\n'));
    const changed = await wick(place, 'verify', file('result.json'));
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining('the data has changed')]);
  });

  it('takes stored trades, with the same result as from files, and refuses where none are', async () => {
    await wick(place, 'data', 'import', file('candles.csv'), ...MARKET, '--timeframe', '1m');
    const stored = [...MARKET, '--detail', 'trades', '--out', file('stored.json')];
    const missing = await wick(place, 'backtest', file('near.json'), ...stored);
    expect([missing.code, missing.told.join('')]).toEqual([
      1,
      expect.stringContaining('no trades of binance BTC/USDT are stored'),
    ]);
    await importTrades(...RANGE);
    const fromStore = await outcome(...stored);
    const fromFiles = await outcome(...inPlace(...FILES, '--detail', 'trades', '--trades-in', 'trades.csv'));
    expect([fromStore.dataHash, fromStore.resultHash]).toEqual([fromFiles.dataHash, fromFiles.resultHash]);
    expect((await wick(place, 'verify', file('stored.json'))).code).toBe(0);
    // Half of them: the rest is decided by the candles.
    await wick(place, 'trades', 'delete', ...MARKET, '--yes');
    writeFileSync(
      file('trades.csv'),
      `${[HEADER, ...lines.filter((line) => Number(line.slice(0, 13)) < FROM_MS + 300_000)].join('\n')}\n`,
    );
    await importTrades('--from', String(FROM_MS), '--to', String(FROM_MS + 300_000));
    const half = await outcome(...stored);
    expect(half.intrabar!.trades).toBeGreaterThan(0);
    expect(half.intrabar!.candles).toBeGreaterThan(0);
    // The same trades as a file: they are said to be all there are.
    const asFile = await wick(place, 'verify', ...inPlace('stored.json', '--trades-in', 'trades.csv'));
    expect([asFile.code, asFile.out]).toEqual([1, expect.stringContaining('counts as complete for all candles')]);
    expect((await wick(place, 'verify', file('stored.json'))).code).toBe(0);
  });

  it('decides several strategies on one account, on timeframes of their own, and verifies them', async () => {
    writeFileSync(file('wide.json'), JSON.stringify({ ...strategy, name: 'Wide', timeframe: '5m' }));
    const traded = [...inPlace(...FILES.slice(0, 4)), '--detail', 'trades', '--trades-in', file('trades.csv')];
    const alone = await outcome(...traded, '--allocation', '1');
    expect(alone.setup.detailTrades).toBe(true);
    const single = await outcome(...traded);
    expect(alone.dataHash).toBe(single.dataHash);
    expect(alone.trades.map(({ exitTimeMs }) => exitTimeMs)).toEqual(single.trades.map(({ exitTimeMs }) => exitTimeMs));
    const both = await outcome(file('wide.json'), ...traded, '--allocation', '0.5,-', '--out', file('both.json'));
    expect(both.intrabar!.trades).toBeGreaterThan(single.intrabar!.trades);
    expect((await wick(place, 'verify', file('both.json'))).code).toBe(0);
    const text = readFileSync(file('trades.csv'), 'utf8');
    writeFileSync(file('trades.csv'), text.split('\n').toSpliced(500, 1).join('\n'));
    const changed = await wick(place, 'verify', file('both.json'));
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining('the data has changed')]);
  });

  it.each([
    [['--trades-in', 'trades.csv'], '--trades-in needs --detail trades'],
    [['--detail', 'trades'], '--detail trades needs --trades-in'],
    [['--detail', 'ticks'], 'Allowed choices are trades'],
  ])('%s is wrong usage', async (argv, reason) => {
    const refused = await wick(place, 'backtest', file('near.json'), ...inPlace(...FILES, ...argv));
    expect([refused.code, refused.told.join('')]).toEqual([2, expect.stringContaining(reason)]);
  });
});
