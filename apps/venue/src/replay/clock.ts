import { assert } from '@wickworks/core';

export interface ClockOptions {
  /** The world's own time, ms UTC. */
  readonly wallNowMs: () => number;
  /** Simulated time at the moment the clock is made, ms UTC. */
  readonly startMs: number;
  /** Simulated seconds per second of the wall clock; 0 moves by {@link SimulatedClock.advance} alone. */
  readonly speed: number;
}

/** Simulated time: `start + (wall - wallStart) × speed + advances`, in whole ms, never backwards. */
export class SimulatedClock {
  readonly speed: number;
  readonly startMs: number;
  readonly #wallNowMs: () => number;
  readonly #wallStartMs: number;
  #advancedMs = 0;
  #latestMs: number;

  constructor(options: ClockOptions) {
    assert(options.speed >= 0, 'time does not run backwards');
    this.speed = options.speed;
    this.startMs = Math.floor(options.startMs);
    this.#wallNowMs = options.wallNowMs;
    this.#wallStartMs = options.wallNowMs();
    this.#latestMs = this.startMs;
  }

  nowMs(): number {
    const ranMs = (this.#wallNowMs() - this.#wallStartMs) * this.speed;
    // The wall clock may be set back; candles that were closed must stay closed.
    this.#latestMs = Math.max(this.#latestMs, this.startMs + Math.floor(ranMs) + this.#advancedMs);
    return this.#latestMs;
  }

  /** Jumps ahead by `ms` of simulated time and tells the new time. */
  advance(ms: number): number {
    assert(ms >= 0, 'time does not run backwards');
    this.#advancedMs += Math.floor(ms);
    return this.nowMs();
  }
}
