import { GrowingProfile, type VolumeProfile } from '@wickworks/engine';
import type { SeriesSource } from '../series-source.js';

/** Which candles are counted, `[first, end)`, and how. */
export interface ProfileWish {
  readonly first: number;
  readonly end: number;
  readonly rows: number;
  /** Of all volume in the value area, 0..1. */
  readonly share: number;
}

/** A profile and what rising candles (close at or above the open) have of each row, base units. */
export interface SplitProfile {
  readonly profile: VolumeProfile;
  readonly rising: Float64Array;
}

/** The latest candles may still be told anew without a new generation: the forming one and the one before. */
const UNSETTLED = 2;

/**
 * The profile of a stretch of a live series: worked out anew only when those candles or the wish are others, and of a
 * stretch with an open end only what the last candles add.
 */
export class ProfileCache {
  #value: SplitProfile | null = null;
  #wish: ProfileWish | null = null;
  #candles: SeriesSource['candles'] | null = null;
  #length = 0;
  #version = -1;
  #prepended = 0;
  #generation = 0;
  #tally: Tally | null = null;

  /** Null without candles in the stretch. */
  of(source: SeriesSource, wish: ProfileWish): SplitProfile | null {
    if (!this.#isSameSeries(source, wish)) this.#tally = null;
    if (this.#tally === null || !this.#isUnchanged(source, wish)) {
      this.#tally ??= new Tally(wish);
      this.#value = this.#tally.of(source.candles, wish);
    }
    this.#wish = wish;
    this.#candles = source.candles;
    this.#length = source.candles.length;
    this.#version = source.version;
    this.#prepended = source.prepended;
    this.#generation = source.generation;
    return this.#value;
  }

  /** The same candles as before but for the latest, looked at in the same way. */
  #isSameSeries(source: SeriesSource, { first, rows, share }: ProfileWish): boolean {
    const last = this.#wish;
    if (last?.first !== first || last.rows !== rows || last.share !== share) return false;
    const { candles, prepended, generation } = source;
    return candles === this.#candles && prepended === this.#prepended && generation === this.#generation;
  }

  #isUnchanged(source: SeriesSource, { end }: ProfileWish): boolean {
    if (this.#wish?.end !== end) return false;
    return source.version === this.#version || end <= Math.min(this.#length, source.candles.length) - UNSETTLED;
  }
}

/** Counts all volume and that of rising candles, the settled ones once. */
class Tally {
  readonly #all: GrowingProfile;
  readonly #rising: GrowingProfile;
  /** Volumes of rising candles, 0 for the others. */
  #volume = new Float64Array(0);
  #settled: number;

  constructor({ first, rows, share }: ProfileWish) {
    this.#all = new GrowingProfile(rows, share);
    this.#rising = new GrowingProfile(rows, share);
    this.#settled = first;
  }

  of(candles: SeriesSource['candles'], { first, end }: ProfileWish): SplitProfile | null {
    if (first >= end) return null;
    const { length, open, high, low, close, volume } = candles;
    const settled = length - UNSETTLED;
    this.#makeRoom(end);
    for (let i = Math.min(this.#settled, end); i < end; i++) this.#volume[i] = close[i]! >= open[i]! ? volume[i]! : 0;
    this.#settled = Math.max(first, Math.min(settled, end));
    const stretch = { highs: high, lows: low, from: first, to: end, settled };
    return {
      profile: this.#all.of({ ...stretch, traded: volume }),
      rising: this.#rising.of({ ...stretch, traded: this.#volume }).volumes,
    };
  }

  #makeRoom(length: number): void {
    if (this.#volume.length >= length) return;
    const wider = new Float64Array(length + (length >> 3) + 16);
    wider.set(this.#volume);
    this.#volume = wider;
  }
}
