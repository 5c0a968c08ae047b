// AssemblyScript: the quick way of candle-packing.ts for whole candles of common sizes, four values at a time. It refuses
// what it does not take and whatever is damaged; the way in TypeScript, which says what is wrong, is then asked.
// scripts/build-unpacker.mjs compiles it into src/quick-unpack.generated.ts.
//
// Memory: six lists of 128 numbers, from 4,096 the block as it came, then the six columns, each `stride` bytes long.

const TIMES: usize = 1024;
const OPENS: usize = 1536;
const CLOSES: usize = 2048;
const HIGHS: usize = 2560;
const LOWS: usize = 3072;
const VOLUMES: usize = 3584;
const BLOCK_VALUES: i32 = 128;
const BLOCK_BYTES: usize = 512;

// Where the next words and notes are, and where they end.
let word: usize = 0;
let wordEnd: usize = 0;
let note: usize = 0;
let noteEnd: usize = 0;

/** The values of 1 to 31 bits in `groups` of four at `from`, one lane each. */
function readLanes(from: usize, width: i32, groups: i32, to: usize): void {
  const mask = i32x4.splat((1 << width) - 1);
  for (let group = 0, bit = 0; group < groups; group++, bit += width) {
    const at = from + ((<usize>(bit >>> 5)) << 4);
    const shift = bit & 31;
    const low = i32x4.shr_u(v128.load(at), shift);
    // Both words in any case; a shift by 32 has to go in two.
    const high = i32x4.shl(i32x4.shl(v128.load(at, 16), 1), 31 - shift);
    v128.store(to + ((<usize>group) << 4), v128.and(v128.or(low, high), mask));
  }
}

/** Bits of the largest of the next `count` values, which then are at `to`; -1 when they are damaged. */
function read(to: usize, count: i32): i32 {
  if (note >= noteEnd) return -1;
  const noted = <i32>load<u8>(note++);
  const width = noted & 0x7f;
  const groups = (count + 3) >> 2;
  const end = word + ((<usize>((groups * width + 31) >>> 5)) << 4);
  if (width > 32 || end > wordEnd) return -1;
  if (width == 0) memory.fill(to, 0, BLOCK_BYTES);
  else if (width == 32) memory.copy(to, word, (<usize>groups) << 4);
  else readLanes(word, width, groups, to);
  word = end;
  if (noted < 0x80) return width;

  if (note + 2 > noteEnd) return -1;
  const exceptions = <i32>load<u8>(note);
  const highBits = <i32>load<u8>(note, 1);
  note += 2;
  if (highBits == 0 || highBits > 25 || width + highBits > 32) return -1;
  const bits = 7 + highBits;
  const stop = word + ((<usize>((exceptions * bits + 31) >>> 5)) << 2);
  if (stop > wordEnd) return -1;
  const mask = (1 << highBits) - 1;
  let beyond = 0;
  for (let index = 0, bit = 0; index < exceptions; index++, bit += bits) {
    const entry = <i32>(load<u64>(word + ((<usize>(bit >>> 5)) << 2)) >>> (bit & 31));
    const position = entry & 127;
    beyond |= count - 1 - position;
    const at = to + ((<usize>position) << 2);
    store<i32>(at, load<i32>(at) | (((entry >>> 7) & mask) << width));
  }
  word = stop;
  return beyond < 0 ? -1 : width + highBits;
}

function unzigzag(values: v128): v128 {
  return v128.xor(i32x4.shr_u(values, 1), i32x4.neg(v128.and(values, i32x4.splat(1))));
}

/** Lanes 2 and 3 in the place of 0 and 1, where conversions take them from. */
function upper(values: v128): v128 {
  return i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}

function put(at: usize, values: v128, factor: v128, divisor: v128): void {
  v128.store(at, f64x2.div(f64x2.mul(f64x2.convert_low_i32x4_s(values), factor), divisor));
  v128.store(at, f64x2.div(f64x2.mul(f64x2.convert_low_i32x4_s(upper(values)), factor), divisor), 16);
}

function putUnsigned(at: usize, values: v128, factor: v128, divisor: v128): void {
  v128.store(at, f64x2.div(f64x2.mul(f64x2.convert_low_i32x4_u(values), factor), divisor));
  v128.store(at, f64x2.div(f64x2.mul(f64x2.convert_low_i32x4_u(upper(values)), factor), divisor), 16);
}

/** Whether `from` and all of `BLOCK_VALUES + 2` steps from there are whole numbers that float64 holds, in any order of adding. */
function isExact(from: f64, step: f64): bool {
  return trunc(from) == from && trunc(step) == step && abs(from) + abs(step) * 256 < 9007199254740992;
}

/** The time of the last of `size` candles, `step` apart, the first one `step` after `last`. */
function putEvenTimes(at: usize, size: i32, last: f64, step: f64): f64 {
  if (!isExact(last, step)) {
    let now = last;
    for (let index = 0; index < size; index++) {
      now += step;
      store<f64>(at + ((<usize>index) << 3), now);
    }
    return now;
  }
  let pair = f64x2.replace_lane(f64x2.splat(last + step), 1, last + 2 * step);
  const stride = f64x2.splat(2 * step);
  for (let index = 0; index < size; index += 2) {
    v128.store(at + ((<usize>index) << 3), pair);
    pair = f64x2.add(pair, stride);
  }
  return last + step * size;
}

/** The same as restoreTime in candle-packing.ts. */
function putTimes(at: usize, size: i32, last: f64, unit: f64, step: f64): f64 {
  let now = last;
  for (let index = 0; index < size; index++) {
    now += (<f64>load<u32>(TIMES + ((<usize>index) << 2)) + step) * unit;
    store<f64>(at + ((<usize>index) << 3), now);
  }
  return now;
}

/** Bytes of the header, and where in it the fields are; see candle-packing.ts. */
const HEADER_BYTES: usize = 80;
const FIRST_TIME: usize = 0;
const TIME_UNIT: usize = 8;
const TIME_STEP: usize = 16;
const FIRST_TICKS: usize = 24;
const PRICE_FACTOR: usize = 32;
const PRICE_DIVISOR: usize = 40;
const VOLUME_FACTOR: usize = 48;
const VOLUME_DIVISOR: usize = 56;

/** Whether `Number.isSafeInteger` says so of all fields before the counts: no sum or product of them is NaN. */
function areWhole(block: usize): bool {
  for (let at: usize = FIRST_TIME; at <= VOLUME_DIVISOR; at += 8) {
    const value = load<f64>(block + at);
    if (!(trunc(value) == value && abs(value) <= 9007199254740991)) return false;
  }
  return true;
}

/**
 * Puts the `count` candles of a block without raw columns behind each other's columns at `out`, each padded to a
 * multiple of four; false when they are damaged, or too large for numbers of 32 bits.
 */
export function unpack(block: usize, wordCount: i32, noteCount: i32, out: usize, count: i32): bool {
  if (!areWhole(block) || abs(load<f64>(block + FIRST_TICKS)) > 1073741824) return false;
  word = block + HEADER_BYTES;
  wordEnd = word + ((<usize>wordCount) << 2);
  note = wordEnd;
  noteEnd = note + <usize>noteCount;
  const unit = load<f64>(block + TIME_UNIT);
  const step = load<f64>(block + TIME_STEP);
  const stride = (<usize>((count + 3) & ~3)) << 3;
  const stepMs = step * unit;
  const zero = i32x4.splat(0);
  const pricesBy = f64x2.splat(load<f64>(block + PRICE_FACTOR));
  const pricesOver = f64x2.splat(load<f64>(block + PRICE_DIVISOR));
  const volumesBy = f64x2.splat(load<f64>(block + VOLUME_FACTOR));
  const volumesOver = f64x2.splat(load<f64>(block + VOLUME_DIVISOR));
  let now = load<f64>(block + FIRST_TIME) - stepMs;
  let last = <i32>load<f64>(block + FIRST_TICKS);
  for (let start = 0; start < count; start += BLOCK_VALUES) {
    const size = min(BLOCK_VALUES, count - start);
    const at = out + ((<usize>start) << 3);
    const timeBits = read(TIMES, size);
    if (timeBits < 0) return false;
    now = timeBits == 0 ? putEvenTimes(at, size, now, stepMs) : putTimes(at, size, now, unit, step);

    const openBits = read(OPENS, size);
    const closeBits = read(CLOSES, size);
    const highBits = read(HIGHS, size);
    const lowBits = read(LOWS, size);
    // 256 steps of at most 2^21 from at most 2^30, and 2^28 above or below: less than 2^31.
    if (min(min(openBits, closeBits), min(highBits, lowBits)) < 0) return false;
    if (max(openBits, closeBits) > 22 || max(highBits, lowBits) > 28) return false;
    if (last > 0x40000000 || last < -0x40000000) return false;
    for (let index: usize = 0; index < <usize>size; index += 4) {
      const from = index << 2;
      const jump = unzigzag(v128.load(OPENS + from));
      const body = unzigzag(v128.load(CLOSES + from));
      // Each close is the sum of all steps before it: of its neighbour's, then of the two before.
      let sum = i32x4.add(jump, body);
      sum = i32x4.add(sum, i8x16.shuffle(zero, sum, 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27));
      sum = i32x4.add(sum, i8x16.shuffle(zero, sum, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
      const close = i32x4.add(sum, i32x4.splat(last));
      last = i32x4.extract_lane(close, 3);
      const open = i32x4.sub(close, body);
      const high = i32x4.add(i32x4.max_s(open, close), v128.load(HIGHS + from));
      const low = i32x4.sub(i32x4.min_s(open, close), v128.load(LOWS + from));
      const to = at + (index << 3);
      put(to + stride, open, pricesBy, pricesOver);
      put(to + stride * 2, high, pricesBy, pricesOver);
      put(to + stride * 3, low, pricesBy, pricesOver);
      put(to + stride * 4, close, pricesBy, pricesOver);
    }

    if (read(VOLUMES, size) < 0) return false;
    for (let index: usize = 0; index < <usize>size; index += 4)
      putUnsigned(at + stride * 5 + (index << 3), v128.load(VOLUMES + (index << 2)), volumesBy, volumesOver);
  }
  return word == wordEnd && note == noteEnd;
}
