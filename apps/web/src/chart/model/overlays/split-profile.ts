import { volumeProfile, type VolumeProfile } from '@wickworks/engine';
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

/** The profile of a stretch of a live series; worked out anew only when those candles or the wish are others. */
export class ProfileCache {
  #value: SplitProfile | null = null;
  #wish: ProfileWish | null = null;
  #candles: SeriesSource['candles'] | null = null;
  #length = 0;
  #version = -1;
  #prepended = 0;
  #generation = 0;

  /** Null without candles in the stretch. */
  of(source: SeriesSource, wish: ProfileWish): SplitProfile | null {
    if (!this.#isValid(source, wish)) this.#value = split(source.candles, wish);
    this.#wish = wish;
    this.#candles = source.candles;
    this.#length = source.candles.length;
    this.#version = source.version;
    this.#prepended = source.prepended;
    this.#generation = source.generation;
    return this.#value;
  }

  #isValid(source: SeriesSource, wish: ProfileWish): boolean {
    const last = this.#wish;
    if (last?.first !== wish.first || last.end !== wish.end) return false;
    if (last.rows !== wish.rows || last.share !== wish.share || source.candles !== this.#candles) return false;
    if (source.version === this.#version) return true;
    // Without a new generation only the last two candles change in place.
    const isSettled = wish.end <= Math.min(this.#length, source.candles.length) - 2;
    return isSettled && source.prepended === this.#prepended && source.generation === this.#generation;
  }
}

/** Volumes of rising candles; needed only while one profile is worked out. */
let scratch = new Float64Array(0);

function split(candles: SeriesSource['candles'], { first, end, rows, share }: ProfileWish): SplitProfile | null {
  const profile = volumeProfile(candles, first, end, rows, share);
  if (!profile) return null;
  if (scratch.length < end) scratch = new Float64Array(candles.length * 2);
  const volume = scratch;
  for (let i = first; i < end; i++) volume[i] = candles.close[i]! >= candles.open[i]! ? candles.volume[i]! : 0;
  const { length, time, open, high, low, close } = candles;
  const rising = volumeProfile({ length, time, open, high, low, close, volume }, first, end, rows, share);
  return { profile, rising: rising?.volumes ?? new Float64Array(rows) };
}
