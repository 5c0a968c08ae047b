import { Candles } from './candle-columns.js';
import { unpackWith, type PackedBlock, type QuickUnpack } from './candle-packing.js';
import { UNPACKER_WASM } from './quick-unpack.generated.js';

// What this package needs of WebAssembly, of which its types know nothing; old runtimes lack it.
declare const WebAssembly:
  | {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object) => { readonly exports: unknown };
    }
  | undefined;

/** What assembly/unpack.ts exports. */
interface Unpacker {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  unpack(block: number, wordCount: number, noteCount: number, out: number, count: number): number;
}

/** Below are the numbers of a block while it is read. */
const INPUT = 4_096;
const PAGE_BYTES = 65_536;
/** Memory once taken is never given back: a message holds up to 5,000 candles, a stretch of the cache 1,024. */
const CANDLES_MAX = 8_192;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * From now on {@link unpackCandles} decodes by WebAssembly what that takes, in half the time and to the same bits;
 * everything else, and everything where there is no WebAssembly with SIMD, as before. Not for pages whose policy keeps
 * WebAssembly out.
 */
export const unpackQuickly = (): void => unpackWith(quickUnpack);

/** Undoes {@link unpackQuickly}. */
export const unpackPlainly = (): void => unpackWith(null);

let unpacker: Unpacker | null | undefined;

/** The candles, which keep nothing of WebAssembly's memory, or `null` for what it does not take. */
export const quickUnpack: QuickUnpack = ({ bytes, count, wordCount, noteCount }: PackedBlock): Candles | null => {
  if (count > CANDLES_MAX) return null;
  if (unpacker === undefined) unpacker = IS_LITTLE_ENDIAN ? instantiate() : null;
  if (unpacker === null) return null;
  const { memory } = unpacker;
  // Four values are read and written at a time, also where fewer are left.
  const out = (INPUT + bytes.length + 32) & -16;
  const stride = ((count + 3) & -4) * 8;
  const missing = out + stride * 6 - memory.buffer.byteLength;
  if (missing > 0 && !grow(memory, Math.ceil(missing / PAGE_BYTES))) return null;
  new Uint8Array(memory.buffer).set(bytes, INPUT);
  if (unpacker.unpack(INPUT, wordCount, noteCount, out, count) === 0) return null;
  const columns = memory.buffer.slice(out, out + stride * 6);
  const column = (which: number): Float64Array => new Float64Array(columns, which * stride, count);
  const [time, open, high, low, close, volume] = [column(0), column(1), column(2), column(3), column(4), column(5)];
  return Candles.wrap({ time, open, high, low, close, volume });
};

/** `null` where WebAssembly is missing, forbidden or without SIMD. */
function instantiate(): Unpacker | null {
  if (typeof WebAssembly === 'undefined') return null;
  const bytes = Uint8Array.from(UNPACKER_WASM.match(/../g) ?? [], (digits) => parseInt(digits, 16));
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Unpacker;
  } catch {
    return null;
  }
}

function grow(memory: Unpacker['memory'], pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch {
    return false; // the machine has no more
  }
}
