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
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < to; i++) {
    if (lows[i]! < low) low = lows[i]!;
    if (highs[i]! > high) high = highs[i]!;
  }
  const rowSize = (high - low) / rows;
  const volumes = new Float64Array(rows);
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
