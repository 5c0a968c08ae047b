import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BacktestConfig, BacktestResult } from '@wickworks/contracts';
import { DEFAULT_CONFIG } from '@wickworks/engine';
import { CSV_HEADER } from '@wickworks/db';
import { wick as wickAt } from '../testing/wick.js';

const root = mkdtempSync(join(tmpdir(), 'wick-backtest-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wick = (...argv: string[]) => wickAt({ cwd: root, env: { WICK_DATA_DIR: join(root, 'data') } }, ...argv);

const HOUR = 3_600_000;
const START = 1_700_002_800_000;

/** A wave with a slow swing and a fast one: crossings enough, prices to the cent. */
const close = (i: number): number => Math.round((100 + 10 * Math.sin(i / 17) + 3 * Math.sin(i / 5)) * 100) / 100;
const row = (i: number): string => {
  const [open, last] = [close(i - 1), close(i)];
  return [START + i * HOUR, open, Math.max(open, last) + 0.5, Math.min(open, last) - 0.5, last, 10].join(',');
};
const rows = Array.from({ length: 1_500 }, (_, i) => row(i));
const csv = (lines: readonly string[]): string => `${[CSV_HEADER, ...lines].join('\n')}\n`;
writeFileSync(join(root, 'candles.csv'), csv(rows));

const document = {
  schema: 1,
  name: 'Averages crossing',
  timeframe: '1h',
  params: { fast: { kind: 'number', title: 'Fast', default: 5, min: 2, max: 50, step: 1, whole: true } },
  indicators: {
    quick: { id: 'ema', params: { period: '$fast' } },
    calm: { id: 'ema', params: { period: 20 } },
  },
  entry: { long: { when: { crossesAbove: ['quick', 'calm'] } } },
  exit: { long: { when: { crossesBelow: ['quick', 'calm'] } } },
  size: { kind: 'equity', ratio: 0.9 },
};
writeFileSync(join(root, 'cross.json'), JSON.stringify(document));

const FROM_FILE = ['--in', 'candles.csv', '--symbol', 'BTC/USDT'];

it('the contract leaves out what the engine takes by default', () => {
  expect(BacktestConfig.parse({})).toEqual(DEFAULT_CONFIG);
});

describe('wick backtest', () => {
  it('gives a whole result as the contract says, with costs as asked', async () => {
    const { code, out, errors } = await wick(
      ...['backtest', 'cross.json', ...FROM_FILE, '--cash', '5000', '--fee', '0.002', '--slippage', '5bps', '--json'],
    );
    expect(errors).toBe('');
    expect(code).toBe(0);
    const result = BacktestResult.strict().parse(JSON.parse(out));
    expect(result.trades.length).toBeGreaterThan(10);
    expect(result.setup).toMatchObject({
      strategyId: 'averages-crossing',
      params: { fast: 5 },
      timeframe: '1h',
      fromMs: START,
      toMs: START + 1_500 * HOUR,
      markets: [{ exchange: 'file', symbol: 'BTC/USDT', tickSize: 0.01, lotSize: 1e-8 }],
    });
    expect(result.config).toMatchObject({
      cash: '5000',
      takerFeeBps: 20,
      makerFeeBps: 20,
      slippage: { kind: 'bps', bps: 5 },
    });
    expect(result.equity).toHaveLength(1_500);
    expect(result.proof?.checks.find(({ kind }) => kind === 'look-ahead')?.passed).toBe(true);
    const fees = result.trades.flatMap(({ fills }) => fills).reduce((sum, { fee }) => sum + Number(fee), 0);
    expect(fees).toBeCloseTo(result.metrics['fees']!, 8);
  });

  it('cuts the range, takes parameters, and tells people in a table', async () => {
    const range = ['--from', String(START + 100 * HOUR), '--to', String(START + 900 * HOUR)];
    const { code, out } = await wick('backtest', 'cross.json', ...FROM_FILE, ...range, '--param', 'fast=8');
    expect(code).toBe(0);
    expect(out).toContain('averages-crossing on file BTC/USDT 1h');
    expect(out).toContain('800 candles');
    expect(out).toMatch(/Sharpe ratio +-?\d/);
    expect(out).toMatch(/result [0-9a-f]{64}/);
  });

  it('can be stopped while it runs: nothing of it works while Ctrl-C is kept waiting', async () => {
    let pieces = 0;
    const place = { cwd: root, env: { WICK_DATA_DIR: join(root, 'data') }, onBlocking: () => pieces++ };
    await wickAt(place, 'backtest', 'cross.json', ...FROM_FILE, '--out', 'stoppable.json');
    expect(pieces).toBe(2);
    await wickAt(place, 'verify', 'stoppable.json');
    expect(pieces).toBe(4);
  });

  it('Ctrl-C ends it while its file is read', async () => {
    let pieces = 0;
    const place = { cwd: root, env: {}, signal: AbortSignal.abort(), onBlocking: () => pieces++ };
    const told = await wickAt(place, 'backtest', 'cross.json', ...FROM_FILE);
    expect(told).toMatchObject({ code: 1, errors: 'error: candles.csv: stopped\n' });
    expect(pieces).toBe(0);
  });

  it('shows a terminal what it is at', async () => {
    const shown: string[] = [];
    const place = { cwd: root, env: {}, onDoing: (line: string) => shown.push(line) };
    await wickAt(place, 'backtest', 'cross.json', ...FROM_FILE);
    expect(shown.slice(0, 2)).toEqual(['reading the candles of file BTC/USDT 1h', 'running the strategy: 0 %']);
    expect(shown.at(-1)).toContain('look-ahead');
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('says before the run that its result could not be written, and leaves no part of a file', async () => {
    mkdirSync(join(root, 'folder'), { recursive: true });
    for (const out of ['folder', 'nowhere/result.json']) {
      let pieces = 0;
      const place = { cwd: root, env: {}, onBlocking: () => pieces++ };
      const told = await wickAt(place, 'backtest', 'cross.json', ...FROM_FILE, '--out', out);
      expect(told).toMatchObject({ code: 1, errors: expect.stringContaining('cannot be written') as string });
      expect(pieces).toBe(0);
    }
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('writes its result to what is no file, too', async () => {
    const told = await wick('backtest', 'cross.json', ...FROM_FILE, '--no-proof', '--out', '/dev/null');
    expect(told.code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('runs a built-in example over stored candles', async () => {
    await wick('data', 'import', join(root, 'candles.csv'), ...STORED);
    const { code, out, errors } = await wick('backtest', 'trend-ema-cross', ...STORED, '--no-proof', '--json');
    expect(errors).toBe('');
    expect(code).toBe(0);
    const result = BacktestResult.parse(JSON.parse(out));
    expect(result.setup.markets[0]).toMatchObject({ exchange: 'local', symbol: 'BTC/USDT' });
    expect(result.proof).toBeNull();
  });

  it('decides what happened inside a candle by a finer file', async () => {
    const half = rows.flatMap((_, i) => {
      const middle = Math.round(((close(i - 1) + close(i)) / 2) * 100) / 100;
      const at = (time: number, a: number, b: number): string =>
        [time, a, Math.max(a, b) + 0.5, Math.min(a, b) - 0.5, b, 5].join(',');
      return [at(START + i * HOUR, close(i - 1), middle), at(START + i * HOUR + HOUR / 2, middle, close(i))];
    });
    writeFileSync(join(root, 'fine.csv'), csv(half));
    const detail = ['--detail-timeframe', '30m', '--detail-in', 'fine.csv'];
    const out = ['--out', 'fine.json', '--no-proof'];
    const { code, errors } = await wick('backtest', 'cross.json', ...FROM_FILE, ...detail, ...out);
    expect([code, errors]).toEqual([0, '']);
    const verified = ['verify', 'fine.json', '--in', 'candles.csv', '--detail-in', 'fine.csv'];
    expect((await wick(...verified)).code).toBe(0);
    expect((await wick('verify', 'fine.json')).code).toBe(0);
    rmSync(join(root, 'fine.csv'));
    const without = await wick('verify', 'fine.json', '--in', 'candles.csv');
    expect(without).toMatchObject({ code: 2, errors: expect.stringContaining('--detail-in') as unknown });
  });

  it('several markets on one account with every cost named, verified from the files it names', async () => {
    writeFileSync(join(root, 'other.csv'), csv(rows.slice(300)));
    const two = ['--symbol', 'BTC/USDT', '--in', 'candles.csv', '--symbol', 'ETH/USDT', '--in', 'other.csv'];
    const costs = ['--slippage', 'half-spread:4bps', '--borrow-per-day', '2bps', '--positions-max', '1', '--shorting'];
    const margin = ['--leverage', '3', '--maintenance', '0.1', '--liquidation-fee', '50bps'];
    const asked = await wick('backtest', 'cross.json', ...two, ...costs, ...margin, '--out', 'two.json', '--json');
    expect([asked.code, asked.errors]).toEqual([0, '']);
    const result = BacktestResult.parse(JSON.parse(asked.out));
    expect(new Set(result.trades.map(({ symbol }) => symbol))).toEqual(new Set(['BTC/USDT', 'ETH/USDT']));
    expect(result.config).toMatchObject({
      ...{
        slippage: { kind: 'half-spread', spreadBps: 4 },
        borrowRatioPerDay: 0.0002,
        positionsMax: 1,
        shorting: true,
      },
      ...{ leverage: 3, maintenanceRatio: 0.1, liquidationFeeBps: 50 },
    });
    expect(await wick('verify', 'two.json')).toMatchObject({ code: 0 });
    const own = ['--fee', '20bps', '--fee-of', 'ETH/USDT=5bps', '--maker-fee-of', 'ETH/USDT=0.0001'];
    const fees = await wick('backtest', 'cross.json', ...two, ...own, '--out', 'fees.json', '--json');
    expect([fees.code, fees.errors]).toEqual([0, '']);
    const paid = BacktestResult.parse(JSON.parse(fees.out));
    expect(paid.config).toMatchObject({ makerFeeBps: 20, takerFeeBps: 20 });
    expect(paid.setup.markets).toMatchObject([{ symbol: 'BTC/USDT' }, { makerFeeBps: 1, takerFeeBps: 5 }]);
    expect(paid.setup.markets[0]).not.toHaveProperty('takerFeeBps');
    expect(await wick('verify', 'fees.json')).toMatchObject({ code: 0 });
    const lessened = { ...paid, setup: { ...paid.setup, markets: result.setup.markets } };
    writeFileSync(join(root, 'lessened.json'), JSON.stringify(lessened));
    expect(await wick('verify', 'lessened.json')).toMatchObject({ code: 1 });
    const impact = await wick('backtest', 'cross.json', ...FROM_FILE, '--slippage', 'square-root:0.5', '--json');
    expect(BacktestResult.parse(JSON.parse(impact.out)).config.slippage).toEqual({
      kind: 'square-root',
      coefficient: 0.5,
    });
  });

  it('pays funding, constant or from a file, which verify pays again', async () => {
    const paid = async (...funding: string[]) => {
      const { code, out, errors } = await wick(
        ...['backtest', 'cross.json', ...FROM_FILE, ...funding, '--no-proof', '--out', 'funded.json', '--json'],
      );
      expect([code, errors]).toEqual([0, '']);
      expect(await wick('verify', 'funded.json')).toMatchObject({ code: 0, errors: '' });
      return BacktestResult.parse(JSON.parse(out));
    };
    const plain = await paid();
    expect(plain.metrics['carry']).toBe(0);
    expect((await paid('--funding', '0')).resultHash).toBe(plain.resultHash);
    const constant = await paid('--funding', '1bps');
    expect(constant.metrics['carry']).toBeGreaterThan(0);
    expect(constant.setup.markets[0]?.funding).toBe(0.0001);
    expect((await paid('--funding', '-0.0001')).metrics['carry']).toBeLessThan(0);
    const every = 8 * HOUR;
    const payments: [number, number][] = [];
    for (let time = Math.ceil(START / every) * every; time < START + 1_500 * HOUR; time += every)
      payments.push([time, 0.0001]);
    const around = [[START - 1, 0.5], ...payments, [START + 1_500 * HOUR, 0.5]];
    writeFileSync(join(root, 'funding.csv'), `time,ratio\n${around.map((row) => row.join(',')).join('\n')}\n`);
    const listed = await paid('--funding', 'funding.csv');
    expect(listed.metrics).toEqual(constant.metrics);
    expect(listed.setup.markets[0]?.funding).toEqual(payments);
    const [market] = listed.setup.markets;
    const less = { ...listed, setup: { ...listed.setup, markets: [{ ...market, funding: payments.slice(1) }] } };
    writeFileSync(join(root, 'less.json'), JSON.stringify(less));
    expect(await wick('verify', 'less.json')).toMatchObject({ code: 1 });
  });

  it.each([
    [
      'a market without candles',
      ['cross.json', ...FROM_FILE, '--symbol', 'ETH/USDT'],
      2,
      'each --symbol needs one --in',
    ],
    ['a slippage of no kind', ['cross.json', ...FROM_FILE, '--slippage', 'linear:2'], 2, 'share from 0 to 1'],
    [
      'a margin that fits no leverage',
      ['cross.json', ...FROM_FILE, '--leverage', '50'],
      1,
      'config.maintenanceRatio: a full position would be liquidated at once',
    ],
    [
      'standard input twice',
      ['cross.json', '--in', '-', '--in', '-', '--symbol', 'BTC/USDT', '--symbol', 'ETH/USDT'],
      2,
      'one file alone may come from it',
    ],
    ['no money', ['cross.json', ...FROM_FILE, '--cash', '0.00'], 2, 'an amount above 0'],
    ['no candles named', ['cross.json', '--symbol', 'BTC/USDT'], 2, 'either --in FILE or --exchange ID'],
    ['an unknown strategy', ['nonsense', ...FROM_FILE], 2, 'neither a file nor a built-in example'],
    ['a bad fee', ['cross.json', ...FROM_FILE, '--fee', '2'], 2, 'share from 0 to 1'],
    ['a fee of a market not there', ['cross.json', ...FROM_FILE, '--fee-of', 'X/USDT=5bps'], 2, 'no --symbol'],
    ['a fee of no market', ['cross.json', ...FROM_FILE, '--maker-fee-of', '5bps'], 2, 'a market and a share'],
    ['funding of no file', ['cross.json', ...FROM_FILE, '--funding', 'none.csv'], 1, 'neither a share nor a file'],
    ['funding in a file of candles', ['cross.json', ...FROM_FILE, '--funding', 'candles.csv'], 1, 'time,ratio'],
    ['funding that is no number', ['cross.json', ...FROM_FILE, '--funding', 'words.csv'], 1, 'words.csv line 3'],
    ['funding of another time', ['cross.json', ...FROM_FILE, '--funding', 'past.csv'], 1, 'holds no funding'],
    ['funding of all', ['cross.json', ...FROM_FILE, '--funding', '1'], 1, 'ratios must lie in -1..1'],
    ['funding twice', ['cross.json', ...FROM_FILE, '--funding', '0', '--funding', '0'], 2, 'needs one --funding'],
    ['an unknown parameter', ['cross.json', ...FROM_FILE, '--param', 'slow=3'], 1, 'slow: unknown parameter'],
    ['a parameter out of range', ['cross.json', ...FROM_FILE, '--param', 'fast=1'], 1, 'fast: must lie between'],
    ['an empty range', ['cross.json', ...FROM_FILE, '--from', '2030-01-01'], 1, 'holds no candle'],
    ['a missing file', ['cross.json', '--in', 'none.csv', '--symbol', 'BTC/USDT'], 1, 'does not exist'],
    ['nothing stored', ['cross.json', '--exchange', 'mexc', '--symbol', 'BTC/USDT'], 1, 'is not stored'],
    ['a bad document', ['bad.json', ...FROM_FILE], 1, 'entry.long'],
    ['no JSON', ['candles.csv', ...FROM_FILE], 1, 'is not JSON'],
    ['NaN in the file', ['cross.json', '--in', 'nan.csv', '--symbol', 'BTC/USDT'], 1, 'nan.csv line 3'],
  ])('%s is told', async (_name, argv, exit, message) => {
    writeFileSync(join(root, 'bad.json'), JSON.stringify({ ...document, entry: { long: { when: { nonsense: 1 } } } }));
    writeFileSync(join(root, 'words.csv'), `time,ratio\n${String(START)},0.1\n${String(START + 1)},much\n`);
    writeFileSync(join(root, 'past.csv'), 'time,ratio\n0,0.1\n');
    writeFileSync(join(root, 'nan.csv'), csv([rows[0]!, rows[1]!.replace(/,10$/, ',NaN')]));
    const { code, errors, out } = await wick('backtest', ...argv);
    expect(errors).toContain(message);
    expect([code, out]).toEqual([exit, '']);
  });
});

const STORED = ['--exchange', 'local', '--symbol', 'BTC/USDT', '--timeframe', '1h'];

describe('wick verify', () => {
  it('runs the result again: the same hash, or what has changed', async () => {
    await wick('backtest', 'cross.json', ...FROM_FILE, '--no-proof', '--out', 'result.json');
    const good = await wick('verify', 'result.json', '--in', 'candles.csv');
    expect(good.errors).toBe('');
    expect(good.out).toMatch(/verified, result [0-9a-f]{64}/);
    expect(good.code).toBe(0);
    // By itself: the result names its files, which lie here or beside it.
    const printed = await wick('backtest', 'cross.json', ...FROM_FILE, '--no-proof', '--json');
    mkdirSync(join(root, 'elsewhere'));
    for (const [folder, code] of [
      ['.', 0],
      ['elsewhere', 0],
    ] as const) {
      writeFileSync(join(root, folder, 'printed.json'), printed.out);
      expect(await wick('verify', `${folder}/printed.json`)).toMatchObject({ code, errors: '' });
    }

    writeFileSync(
      join(root, 'other.csv'),
      csv([...rows.slice(0, 700), rows[700]!.replace(/,10$/, ',11'), ...rows.slice(701)]),
    );
    const changedData = await wick('verify', 'result.json', '--in', 'other.csv', '--json');
    expect(changedData.code).toBe(1);
    expect(JSON.parse(changedData.out)).toMatchObject({
      verified: false,
      differences: [expect.stringMatching(/^the data has changed/)],
    });

    const stated = BacktestResult.parse(JSON.parse(readFileSync(join(root, 'result.json'), 'utf8')));
    // As the testing page writes long curves: every n-th point and the last.
    const thinned = stated.equity.filter((_, at) => at % 7 === 0 || at === stated.equity.length - 1);
    writeFileSync(join(root, 'thinned.json'), JSON.stringify({ ...stated, equity: thinned }));
    expect(await wick('verify', 'thinned.json', '--in', 'candles.csv')).toMatchObject({ code: 0, errors: '' });

    const tampered = async (change: Partial<BacktestResult>) => {
      writeFileSync(join(root, 'tampered.json'), JSON.stringify({ ...stated, ...change }));
      const { code, out } = await wick('verify', 'tampered.json', '--in', 'candles.csv');
      expect(code).toBe(1);
      return out;
    };
    const setup = { ...stated.setup, config: { ...stated.config, takerFeeBps: 1 } };
    expect(await tampered({ setup })).toContain('the result is another one over the same data');
    expect(await tampered({ metrics: { ...stated.metrics, sharpe: 9 } })).toContain('metrics: not what the run gives');
    const lifted = thinned.map(
      ([timeMs, equity, ratio], at) => [timeMs, at === 9 ? equity + 1 : equity, ratio] as const,
    );
    expect(await tampered({ equity: lifted })).toContain('equity: not what the run gives');
    expect(await tampered({ equity: thinned.slice(0, -1) })).toContain('equity: not what the run gives');
    expect(await tampered({ trades: stated.trades.slice(1) })).toContain('trades: not what the run gives');
  });

  it('makes the bias proof again: one that states more than there is does not stand', async () => {
    const rules = (uses: string, entry: number, exit: number) => ({
      ...{ schema: 1, name: 'Level', timeframe: '1h', size: { kind: 'equity', ratio: 0.9 } },
      indicators: { line: { id: uses, params: { period: 7 } } },
      entry: { long: { when: { compare: ['line', '<', entry] } } },
      exit: { long: { when: { compare: ['line', '>', exit] } } },
    });
    writeFileSync(join(root, 'mean.json'), JSON.stringify(rules('sma', 95, 105)));
    writeFileSync(join(root, 'rsi.json'), JSON.stringify(rules('rsi', 30, 70)));
    await wick('backtest', 'mean.json', ...FROM_FILE, '--out', 'proved.json');
    await wick('backtest', 'rsi.json', ...FROM_FILE, '--out', 'failed.json');
    const { proof, ...rest } = BacktestResult.parse(JSON.parse(readFileSync(join(root, 'proved.json'), 'utf8')));
    const honest = BacktestResult.parse(JSON.parse(readFileSync(join(root, 'failed.json'), 'utf8')));
    expect([proof?.passed, honest.proof?.passed]).toEqual([true, false]);
    expect(await wick('verify', 'proved.json')).toMatchObject({ code: 0, errors: '' });
    expect(await wick('verify', 'failed.json')).toMatchObject({ code: 0, errors: '' });

    writeFileSync(join(root, 'forged.json'), JSON.stringify({ ...honest, proof }));
    const forged = await wick('verify', 'forged.json', '--json');
    expect(forged.code).toBe(1);
    expect(JSON.parse(forged.out)).toMatchObject({
      verified: false,
      differences: [expect.stringMatching(/^proof: stated as passed, but warm-up: line\.rsi /)],
    });
    writeFileSync(
      join(root, 'humble.json'),
      JSON.stringify({ ...rest, files: [{ in: 'candles.csv' }], proof: honest.proof }),
    );
    expect((await wick('verify', 'humble.json')).out).toContain('proof: stated as failed, but it passes');
  });

  it('refuses what it cannot run again', async () => {
    expect((await wick('verify', 'none.json')).code).toBe(1);
    expect((await wick('verify', 'cross.json')).errors).toContain('is no backtest result');
    const stated = BacktestResult.parse(JSON.parse(readFileSync(join(root, 'result.json'), 'utf8')));
    writeFileSync(join(root, 'moved.json'), JSON.stringify({ ...stated, files: [{ in: 'moved.csv' }] }));
    expect((await wick('verify', 'moved.json')).errors).toContain('name it with --in');
    writeFileSync(join(root, 'code.json'), JSON.stringify({ ...stated, setup: { ...stated.setup, strategy: null } }));
    const { code, errors } = await wick('verify', 'code.json', '--in', 'candles.csv');
    expect([code, errors]).toEqual([1, expect.stringContaining('strategy in code')]);
  });
});
