import { Candles, toRows, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCandleFrame, encodeCandleFrame, type BinaryEncoding, type CandleFrame } from './candle-frame.js';

const rows: CandleRow[] = [
  [60_000, 10, 12, 9.5, 11, 3.25],
  [120_000, 11, 11.5, 11, 11.25, 0],
  [240_000, 11.25, 11.25, 1e-9, 0.1 + 0.2, 123_456.789],
];
const encodings: BinaryEncoding[] = ['f64', 'packed'];

const snapshot: CandleFrame = {
  kind: 'snapshot',
  subscription: 's1',
  seq: 0,
  candles: Candles.fromRows(rows),
  gaps: [[180_000, 240_000]],
  forming: true,
  indicators: {
    macd: { macd: Float64Array.of(NaN, 1, 2), signal: Float64Array.of(NaN, NaN, 3) },
    '7': { é: Float64Array.of(4, 5, 6) },
  },
};

function decoded(bytes: Uint8Array): CandleFrame {
  const result = decodeCandleFrame(bytes);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe.each(encodings)('a %s frame', (encoding) => {
  it('brings a snapshot back, indicators included', () => {
    const back = decoded(encodeCandleFrame(snapshot, encoding));
    expect({ ...back, candles: toRows(back.candles) }).toEqual({ ...snapshot, candles: rows });
  });

  it('brings history and backfill back', () => {
    const candles = Candles.fromRows(rows);
    const history: CandleFrame = { kind: 'history', id: 'h', subscription: 's', candles, gaps: [], complete: true };
    const backfill: CandleFrame = { kind: 'backfill', subscription: 's', seq: 9, candles };
    for (const frame of [history, backfill]) {
      const back = decoded(encodeCandleFrame(frame, encoding));
      expect({ ...back, candles: toRows(back.candles) }).toEqual({ ...frame, candles: rows });
    }
  });

  it('holds no candle at all when there is none', () => {
    const empty: CandleFrame = { kind: 'backfill', subscription: 's', seq: 1, candles: new Candles() };
    expect(decoded(encodeCandleFrame(empty, encoding)).candles.length).toBe(0);
  });

  it('reads at any byte offset', () => {
    const bytes = encodeCandleFrame(snapshot, encoding);
    for (const shift of [1, 3, 4, 8]) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      expect(toRows(decoded(moved.subarray(shift)).candles)).toEqual(rows);
    }
  });

  it('refuses every truncation', () => {
    const bytes = encodeCandleFrame(snapshot, encoding);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeCandleFrame(bytes.slice(0, length)).ok).toBe(false);
  });

  it('never throws on damaged bytes', () => {
    const bytes = encodeCandleFrame(snapshot, encoding);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damage, (changes) => {
        const copy = bytes.slice();
        for (const [index, value] of changes) copy[index] = value;
        expect(typeof decodeCandleFrame(copy).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an f64 frame', () => {
  it('is viewed without a copy when aligned', () => {
    const bytes = encodeCandleFrame(snapshot, 'f64');
    expect(decoded(bytes).candles.close.buffer).toBe(bytes.buffer);
  });
});

describe('decodeCandleFrame', () => {
  it('never throws on arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !decodeCandleFrame(bytes).ok));
  });

  it.each([
    ['magic', 0, /WCK1/],
    ['encoding', 4, /encoding/],
    ['padding', 8, /padded/],
    ['reserved bytes', 20, /reserved/],
  ])('names the bad %s', (_what, offset, message) => {
    const bytes = encodeCandleFrame(snapshot, 'f64');
    bytes[offset] = 0x7f;
    const result = decodeCandleFrame(bytes);
    expect(!result.ok && result.error).toMatch(message);
  });

  it('refuses a huge candle count before allocating', () => {
    const bytes = encodeCandleFrame(snapshot, 'packed');
    new DataView(bytes.buffer).setUint32(12, 0xffff_ffff, true);
    const result = decodeCandleFrame(bytes);
    expect(!result.ok && result.error).toMatch(/too many/);
  });
});
