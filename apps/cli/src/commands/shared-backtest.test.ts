import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BacktestResult } from '@wickworks/contracts';
import { CSV_HEADER } from '@wickworks/db';
import { wick as wickAt } from '../testing/wick.js';

const root = mkdtempSync(join(tmpdir(), 'wick-shared-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wick = (...argv: string[]) => wickAt({ cwd: root, env: { WICK_DATA_DIR: join(root, 'data') } }, ...argv);

const HOUR = 3_600_000;
const START = 1_700_006_400_000;

/** A wave with a slow swing and a fast one around `level`: crossings enough, prices to the cent. */
const rowsAt = (level: number): string[] => {
  const close = (i: number): number =>
    Math.round(level * (1 + 0.1 * Math.sin(i / 17) + 0.03 * Math.sin(i / 5)) * 100) / 100;
  return Array.from({ length: 1_502 }, (_, i) => {
    const [open, last] = [close(i - 1), close(i)];
    return [START + i * HOUR, open, Math.max(open, last) + 0.5, Math.min(open, last) - 0.5, last, 10].join(',');
  });
};
const writeCandles = (name: string, rows: readonly string[]): void =>
  writeFileSync(join(root, name), `${[CSV_HEADER, ...rows].join('\n')}\n`);
writeCandles('btc.csv', rowsAt(100));
writeCandles('eth.csv', rowsAt(200));

const document = {
  schema: 1,
  name: 'Crossing',
  timeframe: '1h',
  params: { fast: { kind: 'number', title: 'Fast', default: 5, min: 2, max: 50, step: 1, whole: true } },
  indicators: { quick: { id: 'ema', params: { period: '$fast' } }, calm: { id: 'ema', params: { period: 20 } } },
  entry: { long: { when: { crossesAbove: ['quick', 'calm'] } } },
  exit: { long: { when: { crossesBelow: ['quick', 'calm'] } } },
  size: { kind: 'equity', ratio: 0.9 },
};
writeFileSync(join(root, 'cross.json'), JSON.stringify(document));
writeFileSync(join(root, 'slow.json'), JSON.stringify({ ...document, name: 'Slow', timeframe: '4h' }));
const CODE = `import { defineStrategy } from 'wickworks';
export default defineStrategy({
  id: 'seventh', title: 'Every seventh', params: {}, warmup: () => 1,
  create: () => ({
    onCandle: ({ index, symbol, position }) =>
      index % 7 !== 0 ? [] : [{ kind: 'place', type: 'market', symbol, tag: 'seventh',
        side: position > 0 ? 'sell' : 'buy', size: position > 0 ? { kind: 'position' } : { kind: 'quantity', quantity: 1 } }],
  }),
});`;

const BOTH = ['--symbol', 'BTC/USDT', '--in', 'btc.csv', '--symbol', 'ETH/USDT', '--in', 'eth.csv'];
const SHARES = ['--allocation', '0.5,0.25,-'];
const PARAMS = ['--param', 'crossing.fast=4', '--param', 'crossing-2.fast=9', '--markets-of', 'slow=BTC/USDT'];
const RUN = ['backtest', 'cross.json', 'slow.json', 'cross.json', ...BOTH, ...SHARES, ...PARAMS];

describe('wick backtest of several strategies', () => {
  it('runs them on one account, longer candles made of the file’s, and says whose each trade is', async () => {
    const { code, out, told } = await wick(...RUN, '--json', '--out', 'result.json');
    expect(told).toEqual([]);
    expect(code).toBe(0);
    const result = BacktestResult.strict().parse(JSON.parse(out));
    expect(result.setup).toMatchObject({
      strategyId: 'crossing + slow + crossing-2',
      strategies: [
        { id: 'crossing', params: { fast: 4 }, timeframe: '1h', symbols: ['BTC/USDT', 'ETH/USDT'], allocation: 0.5 },
        { id: 'slow', params: { fast: 5 }, timeframe: '4h', symbols: ['BTC/USDT'], allocation: 0.25 },
        { id: 'crossing-2', params: { fast: 9 }, allocation: null },
      ],
    });
    // 1502 hours and what of them makes whole stretches of four.
    expect(result.candles).toBe(4 * 1_502 + 375);
    const ids = ['crossing', 'crossing-2', 'slow'];
    expect(result.breakdowns.byStrategy?.map(({ key }) => key)).toEqual(ids);
    expect([...new Set(result.trades.map(({ strategyId }) => strategyId))].sort()).toEqual(ids);
    expect(new Set(result.proof?.checks.map(({ strategyId }) => strategyId))).toEqual(new Set(ids));
  });

  it('tells people what each made of its share', async () => {
    const { out } = await wick(...RUN, '--no-proof');
    expect(out).toContain('crossing + slow + crossing-2 on file BTC/USDT, file ETH/USDT 1h, 4h, ');
    expect(out).toMatch(/strategy +reserved +trades +won +profit\ncrossing +50\.00 % +\d+ /);
  });

  it('is verified from its files, and no longer when something is changed', async () => {
    const good = await wick('verify', 'result.json');
    expect([good.code, good.told]).toEqual([0, []]);
    expect(good.out).toMatch(/verified, result [0-9a-f]{64}/);
    const stated = BacktestResult.parse(JSON.parse(readFileSync(join(root, 'result.json'), 'utf8')));
    const verdict = async (change: Partial<BacktestResult>): Promise<string> => {
      writeFileSync(join(root, 'changed.json'), JSON.stringify({ ...stated, ...change }));
      const { code, out } = await wick('verify', 'changed.json');
      expect(code).toBe(1);
      return out;
    };
    const strategies = stated.setup.strategies!.map((one) => ({ ...one, params: { fast: 5 } }));
    expect(await verdict({ setup: { ...stated.setup, strategies } })).toContain('another one over the same data');
    const trades = stated.trades.map((trade) => ({ ...trade, strategyId: 'slow' }));
    expect(await verdict({ trades })).toContain('trades: not what the run gives');
    writeCandles('shorter.csv', rowsAt(100).slice(0, -1));
    const other = await wick('verify', 'result.json', '--in', 'shorter.csv', '--in', 'eth.csv');
    expect(other.out).toContain('the data has changed');
  });

  it('runs over stored candles, within a range, with finer ones as detail and code among the strategies, and is verified', async () => {
    for (const symbol of ['BTC', 'ETH'])
      await wick(
        'data',
        'import',
        join(root, `${symbol.toLowerCase()}.csv`),
        '--exchange',
        'local',
        '--symbol',
        `${symbol}/USDT`,
        '--timeframe',
        '1h',
      );
    writeFileSync(join(root, 'seventh.ts'), CODE);
    const range = ['--from', String(START + 101 * HOUR), '--to', String(START + 903 * HOUR)];
    const both = ['--symbol', 'BTC/USDT', '--symbol', 'ETH/USDT', '--exchange', 'local'];
    const ran = await wick('backtest', 'cross.json', 'seventh.ts', ...both, ...range, '--json', '--out', 'stored.json');
    expect([ran.code, ran.told]).toEqual([0, []]);
    const result = BacktestResult.parse(ran.json());
    expect(new Set(result.trades.map(({ strategyId }) => strategyId))).toEqual(new Set(['crossing', 'seventh']));
    expect((await wick('verify', 'stored.json')).code).toBe(0);

    const detail = ['--detail-timeframe', '1h', '--detail-in', 'btc.csv'];
    const fine = await wick(
      'backtest',
      'cross.json',
      'slow.json',
      '--symbol',
      'BTC/USDT',
      '--in',
      'btc.csv',
      ...range,
      ...detail,
      '--out',
      'fine.json',
    );
    expect([fine.code, fine.told]).toEqual([0, []]);
    expect((await wick('verify', 'fine.json')).code).toBe(0);
  });

  it('takes a single strategy with a share of the account', async () => {
    const { code, json } = await wick(
      'backtest',
      'cross.json',
      '--symbol',
      'BTC/USDT',
      '--in',
      'btc.csv',
      '--allocation',
      '0.5',
      '--json',
    );
    expect(code).toBe(0);
    expect(BacktestResult.parse(json()).setup.strategies).toMatchObject([{ id: 'crossing', allocation: 0.5 }]);
  });

  it.each([
    ['a share too few', [...RUN, '--allocation', '0.5,0.5'], 2, '--allocation needs one share for each of 3'],
    ['too much in all', [...RUN, '--allocation', '0.5,0.6,-'], 1, 'strategies.1.allocation: all allocations together'],
    ['nothing left', [...RUN, '--allocation', '0.5,0.5,-'], 1, 'strategies.2.allocation: needs one'],
    ['a share that is none', [...RUN, '--allocation', '2,-,-'], 2, 'Accepted: shares above 0'],
    ['a parameter of nobody', [...RUN, '--param', 'fast=5'], 2, 'the strategies are crossing, slow, crossing-2'],
    ['an unknown parameter', [...RUN, '--param', 'slow.slow=5'], 1, 'strategies.1.params.slow: unknown parameter'],
    ['a parameter out of range', [...RUN, '--param', 'slow.fast=1'], 1, 'strategies.1.params.fast: must lie between'],
    ['markets of nobody', [...RUN, '--markets-of', 'fast=BTC/USDT'], 2, 'the strategies are crossing'],
    [
      'a market that is not there',
      [...RUN, '--markets-of', 'slow=SOL/USDT'],
      1,
      'strategies.1.symbols: SOL/USDT is no market',
    ],
    [
      'a market that nobody trades',
      ['backtest', 'cross.json', ...BOTH, '--markets-of', 'crossing=BTC/USDT'],
      2,
      'no strategy trades ETH/USDT',
    ],
  ])('%s is told', async (_name, argv, exit, message) => {
    const { code, out, told } = await wick(...argv);
    expect(told.join('\n')).toContain(message);
    expect([code, out]).toEqual([exit, '']);
  });
});
