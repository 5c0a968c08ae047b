/*
 * Whole numbers as byte planes: all lowest bytes first, then all second bytes … Neighbours in a plane are alike,
 * which is what deflate needs; planes that hold only zeros are left out. Signed numbers are zigzagged
 * (0, -1, 1, -2 … become 0, 1, 2, 3 …), so that small ones of either sign stay narrow.
 */

const TWO_32 = 2 ** 32;

/** Replaces each of the first `count` numbers (|n| < 2^52) by its zigzag; returns how many bytes the widest needs. */
export function zigzagInPlace(values: Float64Array, count: number): number {
  let widest = 0;
  for (let index = 0; index < count; index++) {
    const value = values[index]!;
    const folded = value < 0 ? -2 * value - 1 : 2 * value;
    values[index] = folded;
    if (folded > widest) widest = folded;
  }
  let bytes = 0;
  for (let rest = widest; rest >= 1; rest /= 256) bytes++;
  return bytes;
}

/** The number whose zigzag is `folded`. */
export function unzigzag(folded: number): number {
  const half = Math.floor(folded / 2);
  return half * 2 === folded ? half : -half - 1;
}

/** Writes the `width` planes of `values` to `out` from `offset`; returns the offset behind them. */
export function writePlanes(
  values: Float64Array,
  count: number,
  { width, out, offset }: { width: number; out: Uint8Array; offset: number },
): number {
  for (let plane = 0; plane < Math.min(width, 4); plane++) {
    const base = offset + plane * count;
    const shift = plane * 8;
    for (let index = 0; index < count; index++) out[base + index] = values[index]! >>> shift;
  }
  for (let plane = 4; plane < width; plane++) {
    const base = offset + plane * count;
    const shift = (plane - 4) * 8;
    for (let index = 0; index < count; index++) out[base + index] = (values[index]! / TWO_32) >>> shift;
  }
  return offset + width * count;
}

/** Reads `width` planes from `offset` back into `values`, still zigzagged; returns the offset behind them. */
export function readPlanes(
  values: Float64Array,
  count: number,
  { width, from, offset }: { width: number; from: Uint8Array; offset: number },
): number {
  const [b0, b1, b2, b3] = [offset, offset + count, offset + 2 * count, offset + 3 * count];
  // One loop per width: this is the hot path of every read of history.
  if (width === 0) {
    values.fill(0, 0, count);
  } else if (width === 1) {
    for (let i = 0; i < count; i++) values[i] = from[b0 + i]!;
  } else if (width === 2) {
    for (let i = 0; i < count; i++) values[i] = from[b0 + i]! | (from[b1 + i]! << 8);
  } else if (width === 3) {
    for (let i = 0; i < count; i++) values[i] = from[b0 + i]! | (from[b1 + i]! << 8) | (from[b2 + i]! << 16);
  } else {
    for (let i = 0; i < count; i++)
      values[i] = (from[b0 + i]! | (from[b1 + i]! << 8) | (from[b2 + i]! << 16) | (from[b3 + i]! << 24)) >>> 0;
  }
  for (let plane = 4; plane < width; plane++) {
    const base = offset + plane * count;
    const weight = 256 ** plane;
    for (let i = 0; i < count; i++) values[i] = values[i]! + from[base + i]! * weight;
  }
  return offset + width * count;
}
