import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from './sha256.js';

const reference = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

describe('Sha256', () => {
  it('gives the examples of FIPS 180-4', () => {
    expect(new Sha256().hex()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(new Sha256().text('abc').hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(new Sha256().text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq').hex()).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it("equals node:crypto for every length around the blocks' edges and in any pieces", () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      expect(new Sha256().update(bytes).hex()).toBe(reference(bytes));
    }
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (pieces) => {
        const hash = new Sha256();
        for (const piece of pieces) hash.update(piece);
        expect(hash.hex()).toBe(reference(Buffer.concat(pieces)));
      }),
    );
  });

  it('takes any text as UTF-8, as node:crypto does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(new Sha256().text(text).hex()).toBe(reference(text));
      }),
    );
    expect(new Sha256().text('a\ud800b').hex()).toBe(reference('a\ufffdb'));
  });

  it('takes float64 little-endian, more than one portion of them, views from their own first value', () => {
    const values = Float64Array.from({ length: 20_001 }, (_, i) => (i - 7) * 1.1);
    const view = new DataView(new ArrayBuffer(20_000 * 8));
    for (let i = 0; i < 20_000; i++) view.setFloat64(i * 8, values[i + 1]!, true);
    expect(new Sha256().floats(values.subarray(1)).hex()).toBe(reference(new Uint8Array(view.buffer)));
  });

  it('a NaN has one name, whatever its bits, and zero two', () => {
    const odd = new Float64Array(Uint32Array.of(1, 0xfff80000).buffer);
    expect(new Sha256().floats(odd).hex()).toBe(new Sha256().floats(Float64Array.of(NaN)).hex());
    expect(new Sha256().floats(Float64Array.of(0)).hex()).not.toBe(new Sha256().floats(Float64Array.of(-0)).hex());
  });

  it('asking twice gives the same digest', () => {
    const hash = new Sha256().text('once');
    expect(hash.hex()).toBe(hash.hex());
  });
});
