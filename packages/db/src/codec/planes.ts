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

/** The first `count` numbers as `width` planes. */
export function toPlanes(values: Float64Array, count: number, width: number): Uint8Array[] {
  const planes = Array.from({ length: width }, () => new Uint8Array(count));
  planes.forEach((plane, number) => {
    const shift = (number % 4) * 8;
    if (number < 4) for (let index = 0; index < count; index++) plane[index] = values[index]! >>> shift;
    else for (let index = 0; index < count; index++) plane[index] = (values[index]! / TWO_32) >>> shift;
  });
  return planes;
}

/** Puts the numbers of {@link toPlanes} into the first `count` of `values`, still zigzagged. */
export function fromPlanes(planes: readonly Uint8Array[], values: Float64Array, count: number): void {
  const none = planes[0] ?? new Uint8Array(0);
  const [p0 = none, p1 = none, p2 = none, p3 = none, ...wider] = planes;
  // One loop per width: this is the hot path of every read of history.
  if (planes.length === 0) {
    values.fill(0, 0, count);
  } else if (planes.length === 1) {
    for (let i = 0; i < count; i++) values[i] = p0[i]!;
  } else if (planes.length === 2) {
    for (let i = 0; i < count; i++) values[i] = p0[i]! | (p1[i]! << 8);
  } else if (planes.length === 3) {
    for (let i = 0; i < count; i++) values[i] = p0[i]! | (p1[i]! << 8) | (p2[i]! << 16);
  } else {
    for (let i = 0; i < count; i++) values[i] = (p0[i]! | (p1[i]! << 8) | (p2[i]! << 16) | (p3[i]! << 24)) >>> 0;
  }
  wider.forEach((plane, index) => {
    const weight = 256 ** (index + 4);
    for (let i = 0; i < count; i++) values[i] = values[i]! + plane[i]! * weight;
  });
}

/** The eight planes of float64 values, without any arithmetic on them. */
export function toRawPlanes(column: Float64Array, count: number): Uint8Array[] {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, count * 8);
  return Array.from({ length: 8 }, (_, plane) => {
    const values = new Uint8Array(count);
    for (let index = 0; index < count; index++) values[index] = bytes[index * 8 + plane]!;
    return values;
  });
}

/** Undoes {@link toRawPlanes}. */
export function fromRawPlanes(planes: readonly Uint8Array[], column: Float64Array, count: number): void {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, count * 8);
  planes.forEach((values, plane) => {
    for (let index = 0; index < count; index++) bytes[index * 8 + plane] = values[index]!;
  });
}

const SAMPLE_SIZE_MIN = 2_048;
const SAMPLE_SIZE_MAX = 8_192;
/** How much likelier than in pure noise two bytes of a plane may be alike; 1.15 means at least 7.8 bits a byte. */
const NOISE_LIKENESS_MAX = 1.15;

/** True when the plane is noise, which deflate cannot shorten and only loses time on; judged on a sample. */
export function isNoise(plane: Uint8Array): boolean {
  if (plane.length < SAMPLE_SIZE_MIN) return false;
  const step = Math.max(1, Math.floor(plane.length / SAMPLE_SIZE_MAX));
  const counts = new Uint32Array(256);
  let sampled = 0;
  for (let index = 0; index < plane.length; index += step, sampled++)
    counts[plane[index]!] = counts[plane[index]!]! + 1;
  let pairs = 0;
  for (const count of counts) pairs += count * (count - 1);
  return pairs * 256 < NOISE_LIKENESS_MAX * sampled * (sampled - 1);
}
