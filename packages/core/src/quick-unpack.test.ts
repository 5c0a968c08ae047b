import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Candles } from './candle-columns.js';
import { BTC_ROWS } from './candle-packing.fixture.js';
import { packCandles } from './pack-candles.js';
import { SOURCE_SHA256 } from './quick-unpack.generated.js';
import { Sha256 } from './sha256.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('unpackQuickly', () => {
  it('was compiled since its source changed', () => {
    const source = readFileSync(new URL('../assembly/unpack.ts', import.meta.url));
    expect(SOURCE_SHA256).toBe(new Sha256().update(source).hex());
  });

  it.each([
    ['is missing', undefined],
    [
      'is forbidden, or lacks SIMD',
      {
        Module: function Module() {
          throw new Error('CompileError');
        },
      },
    ],
  ])('changes nothing where WebAssembly %s', async (_, WebAssembly) => {
    vi.stubGlobal('WebAssembly', WebAssembly);
    vi.resetModules();
    const [{ unpackQuickly, quickUnpack }, { unpackCandles, unpackWith }] = [
      await import('./quick-unpack.js'),
      await import('./candle-packing.js'),
    ];
    const packed = packCandles(Candles.fromRows(BTC_ROWS));
    unpackQuickly();
    const unpacked = unpackCandles(packed, BTC_ROWS.length);
    expect(unpacked.ok && BTC_ROWS.every((row, index) => String(unpacked.value.at(index)) === String(row))).toBe(true);
    let asked = 0;
    unpackWith((block) => {
      asked++;
      expect(quickUnpack(block)).toBeNull();
      return null;
    });
    expect(unpackCandles(packed, BTC_ROWS.length).ok).toBe(true);
    expect(asked).toBe(1);
  });
});
