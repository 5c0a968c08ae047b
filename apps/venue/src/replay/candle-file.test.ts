import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { toRows } from '@wickworks/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCandleCsv, readCandleFile } from './candle-file.js';

const HEADER = 'time,open,high,low,close,volume\n';
const parse = (text: string) => parseCandleCsv(Buffer.from(text), '1m');

describe('a candle file', () => {
  it('is read to the bit, with the decimals of its spelling', () => {
    const file = parse(`${HEADER}60000,1.50,2,1,1.25,3.140\n120000,1.25,1.3,1.2,1.3,0\n`);
    if (!file.ok) throw new Error(file.error);
    expect(toRows(file.value.candles)).toEqual([
      [60_000, 1.5, 2, 1, 1.25, 3.14],
      [120_000, 1.25, 1.3, 1.2, 1.3, 0],
    ]);
    expect(file.value.priceDecimals).toBe(2);
    expect(file.value.volumeDecimals).toBe(2);
  });

  it('gives every number the value JavaScript gives it', () => {
    const numbers = fc.oneof(
      fc.double({ min: 1e-9, max: 1e12, noNaN: true }).map(String),
      fc
        .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 0, max: 99_999_999 }))
        .map(([a, b]) => `${a}.${b}`),
    );
    fc.assert(
      fc.property(numbers, (text) => {
        const file = parse(`${HEADER}0,${text},${text},${text},${text},${text}\n`);
        if (!file.ok) throw new Error(file.error);
        expect(file.value.candles.at(0)).toEqual([0, ...Array<number>(5).fill(Number(text))]);
      }),
    );
  });

  it('may end its lines the Windows way, or without a last line end', () => {
    const file = parse('time,open,high,low,close,volume\r\n60000,1,1,1,1,1\r\n120000,1,1,1,1,2.5');
    if (!file.ok) throw new Error(file.error);
    expect(toRows(file.value.candles).map((row) => row[5])).toEqual([1, 2.5]);
  });

  it.each([
    ['time;open\n', '1: the header must be'],
    [HEADER, '1: the file holds no candle'],
    [`${HEADER}0,1,1,1,1\n`, '2: a row has six fields, this one 5'],
    [`${HEADER}0,1,1,1,1,1,1\n`, '2: a row has six fields, this one 7'],
    [`${HEADER}0,1,x,1,1,1\n`, '2: "x" is not a number'],
    [`${HEADER}0,1,-1,1,1,1\n`, '2: "-1" is not a number'],
    [`${HEADER}0,1,,1,1,1\n`, '2: "" is not a number'],
    [`${HEADER}0,1,1,1,1,1\n0,1,1,1,1,1\n`, '3: time 0 does not lie after'],
    [`${HEADER}30000,1,1,1,1,1\n`, '2: time 30000 is no open time of 1m'],
    [`${HEADER}0,2,1,1,1,1\n`, '2: high is below open or close'],
    [`${HEADER}0,0,1,1,1,1\n`, '2: open is not a positive number'],
  ])('%j is refused with line and reason', (text, reason) => {
    const file = parse(text);
    expect(file.ok ? '' : file.error).toContain(reason);
  });
});

describe('on disk', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'venue-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('is plain or gzip', () => {
    const text = `${HEADER}0,1,1,1,1,1\n`;
    writeFileSync(join(dir, 'a.csv'), text);
    writeFileSync(join(dir, 'a.csv.gz'), gzipSync(text));
    expect(readCandleFile(join(dir, 'a.csv'), '1m')).toEqual(readCandleFile(join(dir, 'a.csv.gz'), '1m'));
  });

  it('is named in the error', () => {
    writeFileSync(join(dir, 'b.csv.gz'), 'not gzip');
    for (const name of ['b.csv.gz', 'absent.csv']) {
      const file = readCandleFile(join(dir, name), '1m');
      expect(file.ok ? '' : file.error).toContain(`${name}: cannot be read`);
    }
  });
});
