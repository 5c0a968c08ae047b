import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Candles, toRows, type CandleRow } from '@wickworks/core';
import { plainDecimal } from './decimal-text.js';
import { CSV_HEADER } from '@wickworks/db';
import { readCandleFile } from './read-candles.js';
import { candleLines } from './write-candles.js';

const world = { signal: new AbortController().signal };

const folder = mkdtempSync(join(tmpdir(), 'wick-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const ROWS = ['60000,1,2,0.5,1.5,10', '120000,1.5,2,1,1.25,0'];

describe('plainDecimal', () => {
  it('reads back as the same float64 and has no exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainDecimal(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('readCandleFile', () => {
  it('reads plain, gzip, Windows line ends, a byte order mark and a missing last line end', async () => {
    const expected: CandleRow[] = [
      [60_000, 1, 2, 0.5, 1.5, 10],
      [120_000, 1.5, 2, 1, 1.25, 0],
    ];
    const text = [CSV_HEADER, ...ROWS].join('\n');
    const variants = {
      'plain.csv': text,
      'ended.csv': `${text}\n\n`,
      'windows.csv': `\uFEFF${text.replaceAll('\n', '\r\n')}\r\n`,
      'packed.csv.gz': gzipSync(text),
      'packed-without-saying-so.csv': gzipSync(text),
    };
    for (const [name, content] of Object.entries(variants)) {
      const read = await readCandleFile(world, file(name, content), '1m');
      expect(read.ok ? toRows(read.value) : read.error, name).toEqual(expected);
    }
  });

  it('gives back what was written, to the bit, over many pieces', async () => {
    const candles = new Candles();
    for (let index = 0; index < 20_000; index++) {
      const low = Math.sqrt(index + 1) / 1e7;
      candles.push([index * 60_000, low * 1.5, low * 2.25, low, low * 1.1, (index % 7) * 1e21]);
    }
    const path = file('big.csv', `${CSV_HEADER}\n${candleLines(candles)}`);
    const read = await readCandleFile(world, path, '1m');
    expect(read.ok && toRows(read.value)).toEqual(toRows(candles));
  });

  it.each([
    ['no such row', 3, '5 columns instead of 6', ['60000,1,2,0.5,1.5,10', '120000,1,2,0.5,1.5']],
    ['text', 2, 'open "abc" is not a number', ['60000,abc,2,0.5,1.5,10']],
    ['empty cell', 2, 'volume "" is not a number', ['60000,1,2,0.5,1.5,']],
    ['negative', 2, 'low "-1" is not a number', ['60000,1,2,-1,1.5,1']],
    ['hexadecimal', 2, 'close "0x10" is not a number', ['60000,1,2,0.5,0x10,1']],
    ['infinite', 2, 'high is not a positive number', ['60000,1,1e999,0.5,1,1']],
    ['high below close', 3, 'high is below open or close', [ROWS[0]!, '120000,1,1,0.5,1.5,10']],
    ['twice', 4, 'time 120000 appears twice', [...ROWS, ROWS[1]!]],
    ['backwards', 4, 'time 60000 comes after the later 120000', [...ROWS, ROWS[0]!]],
    ['misaligned', 2, 'time is not an open time of 1m', ['61000,1,2,0.5,1.5,10']],
    ['microseconds', 2, 'milliseconds are expected', ['1722003300000000,1,2,0.5,1.5,10']],
    ['seconds with a fraction', 2, 'time is not a whole number of milliseconds', ['0.5,1,2,0.5,1.5,10']],
    ['blank line inside', 4, 'line 3 before it is blank', [ROWS[0]!, '', ROWS[1]!]],
  ])('refuses a row: %s', async (name, line, reason, rows) => {
    const read = await readCandleFile(world, file(`${name}.csv`, [CSV_HEADER, ...rows].join('\n')), '1m');
    expect(read).toMatchObject({ ok: false, error: { line } });
    expect(!read.ok && read.error.reason).toContain(reason);
  });

  it('refuses files that are no candle files', async () => {
    const reasonOf = async (path: string) => {
      const read = await readCandleFile(world, path, '1m');
      return read.ok ? '' : read.error.reason;
    };
    expect(await reasonOf(join(folder, 'nowhere.csv'))).toBe('the file does not exist');
    expect(await reasonOf(folder)).toBe('this is a folder');
    expect(await reasonOf(file('empty.csv', ''))).toContain('the file is empty');
    expect(await reasonOf(file('header.csv', `${CSV_HEADER}\n`))).toBe('the file holds no candle');
    expect(await reasonOf(file('other.csv', 'a,b\n1,2\n'))).toContain('the first line must be');
    expect(await reasonOf(file('binary.csv', Uint8Array.of(0xff, 0xfe, 0xfd, 0x0a)))).toBe(
      'the file is not UTF-8 text',
    );
    const cut = gzipSync([CSV_HEADER, ...ROWS].join('\n')).subarray(0, -9);
    expect(await reasonOf(file('cut.csv.gz', cut))).toBe('the compressed file ends too early');
    const damaged = gzipSync([CSV_HEADER, ...ROWS].join('\n'));
    damaged[20] = damaged[20]! ^ 0xff;
    expect(await reasonOf(file('damaged.csv.gz', damaged))).not.toBe('');
  });
});
