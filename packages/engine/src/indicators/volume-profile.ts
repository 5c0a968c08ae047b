import { assert, type CandleColumns } from '@wickworks/core';

/** Volume by price over a stretch of candles. */
export interface VolumeProfile {
  /** Lowest price of the stretch; row `k` spans `low + k · rowSize` to `low + (k + 1) · rowSize`. */
  readonly low: number;
  readonly rowSize: number;
  /** Base units per row, lowest row first. */
  readonly volumes: Float64Array;
  /** Middle of the row with the most volume. */
  readonly pointOfControl: number;
  /** Edges of the value area: the rows around the point of control that hold the wanted share of volume. */
  readonly valueAreaHigh: number;
  readonly valueAreaLow: number;
}

/**
 * Profile of candles `[from, to)` in `rows` rows, each candle's volume spread evenly over its span; the value area
 * grows from the point of control row by row, the heavier neighbour first, to `share` (0..1) of all volume.
 * Undefined without candles. For fixed and visible ranges call it with their candle indices.
 */
export function volumeProfile(
  candles: CandleColumns,
  from: number,
  to: number,
  rows: number,
  share = 0.7,
): VolumeProfile | undefined {
  assert(rows >= 1 && share > 0 && share <= 1, 'a profile has a row and a share');
  const first = Math.max(0, from);
  const end = Math.min(to, candles.length);
  if (first >= end) return undefined;
  return profileOf(candles.high, candles.low, candles.volume, first, end, rows, share);
}

/** As {@link volumeProfile} over plain columns; `from < to` holds. */
export function profileOf(
  highs: Float64Array,
  lows: Float64Array,
  traded: Float64Array,
  from: number,
  to: number,
  rows: number,
  share: number,
): VolumeProfile {
  return new GrowingProfile(rows, share).of({ highs, lows, traded, from, to, settled: from });
}

/** Columns and the candles `[from, to)` of them to count; those before `settled` never change any more. */
export interface ProfileStretch {
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  /** Base units. */
  readonly traded: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly settled: number;
}

interface Range {
  low: number;
  high: number;
}

/**
 * Profiles of a stretch that grows at its end: settled candles are counted once, and again only when the price leaves
 * the range of the rows. To the bit what {@link volumeProfile} finds, since the same sums are made in the same order.
 */
export class GrowingProfile {
  readonly #share: number;
  readonly #settledVolumes: Float64Array;
  #from = -1;
  /** Settled candles whose extremes are known and which are counted lie before this. */
  #known = -1;
  #settled: Range = { low: Infinity, high: -Infinity };
  #rows: Range = { low: 0, high: 0 };

  constructor(rows: number, share: number) {
    this.#share = share;
    this.#settledVolumes = new Float64Array(rows);
  }

  /** The profile of `stretch`, which holds a candle. Columns may be others, but settled values are those told before. */
  of(stretch: ProfileStretch): VolumeProfile {
    const { highs, lows, from, to } = stretch;
    const settled = Math.max(from, Math.min(stretch.settled, to));
    if (from !== this.#from || settled < this.#known) this.#restart(from);
    let counted = this.#known;
    widen(this.#settled, highs, lows, counted, settled);
    this.#known = settled;
    const range = { ...this.#settled };
    widen(range, highs, lows, settled, to);
    if (range.low !== this.#rows.low || range.high !== this.#rows.high) {
      this.#rows = range;
      this.#settledVolumes.fill(0);
      counted = from;
    }
    add(this.#settledVolumes, range, stretch, counted, settled);
    const volumes = this.#settledVolumes.slice();
    add(volumes, range, stretch, settled, to);
    return withLevels(volumes, range, this.#share);
  }

  #restart(from: number): void {
    this.#from = from;
    this.#known = from;
    this.#settled = { low: Infinity, high: -Infinity };
    this.#settledVolumes.fill(0);
  }
}

function widen(range: Range, highs: Float64Array, lows: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (lows[i]! < range.low) range.low = lows[i]!;
    if (highs[i]! > range.high) range.high = highs[i]!;
  }
}

/** Adds candles `[from, to)` to the rows between the ends of `range`. */
function add(
  volumes: Float64Array,
  { low, high }: Range,
  { highs, lows, traded }: ProfileStretch,
  from: number,
  to: number,
): void {
  const rows = volumes.length;
  const rowSize = (high - low) / rows;
  const rowAt = (price: number): number => (rowSize > 0 ? Math.min(rows - 1, Math.floor((price - low) / rowSize)) : 0);
  for (let i = from; i < to; i++) {
    const bottom = lows[i]!;
    const top = highs[i]!;
    const firstRow = rowAt(bottom);
    const lastRow = rowAt(top);
    if (firstRow === lastRow) volumes[firstRow]! += traded[i]!;
    else
      for (let row = firstRow; row <= lastRow; row++) {
        const overlap = Math.min(top, low + (row + 1) * rowSize) - Math.max(bottom, low + row * rowSize);
        volumes[row]! += (traded[i]! * Math.max(0, overlap)) / (top - bottom);
      }
  }
}

function withLevels(volumes: Float64Array, { low, high }: Range, share: number): VolumeProfile {
  const rowSize = (high - low) / volumes.length;
  const control = heaviest(volumes);
  const [lower, upper] = valueArea(volumes, control, share);
  return {
    low,
    rowSize,
    volumes,
    pointOfControl: low + (control + 0.5) * rowSize,
    valueAreaHigh: low + (upper + 1) * rowSize,
    valueAreaLow: low + lower * rowSize,
  };
}

/** The row with the most volume, the one nearest the middle of several. */
function heaviest(volumes: Float64Array): number {
  const centre = (volumes.length - 1) / 2;
  let best = 0;
  for (let row = 1; row < volumes.length; row++) {
    const nearer = Math.abs(row - centre) < Math.abs(best - centre);
    if (volumes[row]! > volumes[best]! || (volumes[row] === volumes[best] && nearer)) best = row;
  }
  return best;
}

function valueArea(volumes: Float64Array, control: number, share: number): [lower: number, upper: number] {
  const wanted = share * volumes.reduce((sum, volume) => sum + volume, 0);
  let lower = control;
  let upper = control;
  let held = volumes[control]!;
  while (held < wanted && (lower > 0 || upper < volumes.length - 1)) {
    const below = lower > 0 ? volumes[lower - 1]! : -1;
    const above = upper < volumes.length - 1 ? volumes[upper + 1]! : -1;
    if (above >= below) held += volumes[++upper]!;
    else held += volumes[--lower]!;
  }
  return [lower, upper];
}
