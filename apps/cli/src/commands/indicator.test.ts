import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CSV_HEADER } from '@wickworks/db';
import { wick as wickAt } from '../testing/wick.js';

const root = mkdtempSync(join(tmpdir(), 'wick-indicator-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wick = (...argv: string[]) => wickAt({ cwd: root, env: {} }, ...argv);

const closes = [1, 2, 4, 3, 5, 7, 6, 8];
const file = join(root, 'candles.csv');
writeFileSync(
  file,
  `${CSV_HEADER}\n${closes.map((close, i) => `${1_700_000_040_000 + i * 60_000},${close},${close},${close},${close},1`).join('\n')}\n`,
);

describe('wick indicator', () => {
  it('writes the values as CSV, empty during warm-up, at full precision', async () => {
    const { code, out } = await wick('indicator', 'sma', '--in', file, '--param', 'period=3');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'time,sma',
      '1700000040000,',
      '1700000100000,',
      `1700000160000,${String((1 + 2 + 4) / 3)}`,
    ]);
    expect(lines).toHaveLength(9);
  });

  it("takes TA-Lib's spelling: its parameter names in any case, its average numbers, its defaults and output order", async () => {
    const out = join(root, 'bands.csv');
    const bands = await wick(
      'indicator',
      'talib:BBANDS',
      '--in',
      file,
      '--param',
      'time_period=4',
      '--param',
      'MAType=1',
      '--out',
      out,
      '--json',
    );
    expect(bands.code).toBe(0);
    expect(JSON.parse(bands.out)).toMatchObject({
      indicator: 'bbands',
      params: { period: 4, type: 'ema', up: 2, down: 2 },
    });
    expect(readFileSync(out, 'utf8').split('\n')[0]).toBe('time,upper,middle,lower');
    const printed = await wick('indicator', 'sma', '--in', file, '--param', 'period=3', '--json');
    const { time, outputs } = JSON.parse(printed.out) as { time: number[]; outputs: { sma: (number | null)[] } };
    expect(outputs.sma.slice(0, 2)).toEqual([null, null]);
    expect([time.length, outputs.sma.filter((value) => value !== null).length]).toEqual([time.length, time.length - 2]);
    const plain = await wick('indicator', 'talib:BBANDS', '--in', file);
    expect(plain.out.split('\n').filter((line) => line.endsWith(',,,'))).toHaveLength(4);
  });

  it.each([
    [['indicator', 'nonsense', '--in', file], 'unknown indicator nonsense'],
    [['indicator', 'sma', '--in', file, '--param', 'period=0'], 'period: must lie between 1 and 100000'],
    [['indicator', 'sma', '--in', file, '--param', 'length=3'], 'length: unknown parameter'],
    [['indicator', 'talib:SMA', '--in', file, '--param', 'timePeriod=x'], 'timePeriod: must be a number'],
    [['indicator', 'sma', '--in', file, '--param', 'period'], 'expected name=value'],
    [['indicator', 'sma', '--in', join(root, 'none.csv')], 'the file does not exist'],
  ])('refuses %j', async (argv, message) => {
    const { code, errors } = await wick(...argv);
    expect(code).not.toBe(0);
    expect(errors).toContain(message);
  });

  it('lists every indicator with what a form needs', async () => {
    const { code, out } = await wick('indicators', '--json');
    expect(code).toBe(0);
    const list = (JSON.parse(out) as { indicators: { id: string; warmup: number | null }[] }).indicators;
    expect(list.length).toBeGreaterThan(250);
    expect(list.every(({ warmup }) => warmup !== null)).toBe(true);
    expect(list.find(({ id }) => id === 'rsi')).toMatchObject({ warmup: 14, talib: 'RSI', pane: 'own' });
  });
});
