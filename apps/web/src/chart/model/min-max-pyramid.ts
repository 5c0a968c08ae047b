const SHIFT = 3;
/** Values per block of a level, in values of the level below. */
export const FANOUT = 1 << SHIFT;
const MASK = FANOUT - 1;

interface Level {
  min: Float64Array;
  max: Float64Array;
  /** Blocks that are complete and up to date. */
  count: number;
}

/** Receives the extremes of a range; `min > max` (infinities) says that it held no number. */
export interface Extremes {
  min: number;
  max: number;
}

/**
 * Minima and maxima of two columns over blocks of 8, 64, 512 … values, so that the extremes of any range cost
 * O(log n) instead of O(n). Only complete blocks are kept: appending and changing the tail cost next to nothing.
 * Memory: about 1/7 of the columns covered. NaN counts as absent.
 */
export class MinMaxPyramid {
  #low: Float64Array = new Float64Array(0);
  #high: Float64Array = new Float64Array(0);
  #levels: Level[] = [];

  /** Takes the columns as they are now; values before `changedFrom` are those of the last call. */
  sync(low: Float64Array, high: Float64Array, length: number, changedFrom: number): void {
    this.#low = low;
    this.#high = high;
    let lows = low;
    let highs = high;
    let changed = changedFrom;
    let available = length;
    for (let depth = 0; available >> SHIFT > 0 || depth < this.#levels.length; depth++) {
      changed >>= SHIFT;
      available >>= SHIFT;
      const level = this.#level(depth, available);
      buildBlocks(lows, highs, level, Math.min(changed, level.count), available);
      level.count = available;
      lows = level.min;
      highs = level.max;
    }
  }

  /** Writes the extremes of the values `[from, to)` into `into`; the bounds must lie inside the synced length. */
  extremes(from: number, to: number, into: Extremes): void {
    let min = Infinity;
    let max = -Infinity;
    let low = this.#low;
    let high = this.#high;
    let start = from;
    let end = to;
    for (let depth = 0; start < end; depth++) {
      const level = this.#levels[depth];
      const isTop = level === undefined || level.count === 0;
      const innerStart = isTop ? end : Math.min(end, (start + MASK) & ~MASK);
      const innerEnd = isTop ? end : Math.max(innerStart, end & ~MASK);
      for (let index = start; index < innerStart; index++) {
        if (low[index]! < min) min = low[index]!;
        if (high[index]! > max) max = high[index]!;
      }
      for (let index = innerEnd; index < end; index++) {
        if (low[index]! < min) min = low[index]!;
        if (high[index]! > max) max = high[index]!;
      }
      if (isTop) break;
      start = innerStart >> SHIFT;
      end = innerEnd >> SHIFT;
      low = level.min;
      high = level.max;
    }
    into.min = min;
    into.max = max;
  }

  #level(depth: number, needed: number): Level {
    const existing = this.#levels[depth];
    if (existing && existing.min.length >= needed) return existing;
    const capacity = existing ? Math.max(needed, existing.min.length * 2) : needed;
    const level: Level = {
      min: new Float64Array(capacity),
      max: new Float64Array(capacity),
      count: existing?.count ?? 0,
    };
    if (existing) {
      level.min.set(existing.min);
      level.max.set(existing.max);
    }
    this.#levels[depth] = level;
    return level;
  }
}

function buildBlocks(low: Float64Array, high: Float64Array, level: Level, from: number, to: number): void {
  for (let block = from; block < to; block++) {
    let min = Infinity;
    let max = -Infinity;
    const end = (block + 1) << SHIFT;
    for (let index = block << SHIFT; index < end; index++) {
      const lowest = low[index]!;
      const highest = high[index]!;
      if (lowest < min) min = lowest;
      if (highest > max) max = highest;
    }
    level.min[block] = min;
    level.max[block] = max;
  }
}
