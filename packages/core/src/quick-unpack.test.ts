import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Candles } from './candle-columns.js';
import { BTC_ROWS } from './candle-packing.fixture.js';
import { packCandles } from './pack-candles.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('unpackQuickly', () => {
  const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

  it('runs what its source in the repository compiles to', () => {
    const compiled = execFileSync(process.execPath, [pathOf('../scripts/build-unpacker.mjs'), '--print']);
    expect(readFileSync(pathOf('./quick-unpack.generated.ts'), 'utf8')).toBe(compiled.toString());
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
