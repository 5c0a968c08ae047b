import { MS_PER_MINUTE } from '@wickworks/core';
import { ApiError } from './errors.js';

/** Counts request weight per client address and wall-clock minute. */
export class WeightLimit {
  readonly #used = new Map<string, number>();
  readonly #limit: number;
  readonly #wallNowMs: () => number;
  #minute = -1;

  constructor(limit: number, wallNowMs: () => number) {
    this.#limit = limit;
    this.#wallNowMs = wallNowMs;
  }

  /** Adds `weight` and tells what this client used in the running minute. */
  use(client: string, weight: number): number {
    const minute = Math.floor(this.#wallNowMs() / MS_PER_MINUTE);
    if (minute !== this.#minute) {
      this.#used.clear();
      this.#minute = minute;
    }
    const used = (this.#used.get(client) ?? 0) + weight;
    this.#used.set(client, used);
    return used;
  }

  /** The refusal due once `used` passes the limit. */
  refusal(used: number): ApiError | undefined {
    if (used <= this.#limit) return undefined;
    const leftMs = MS_PER_MINUTE - (this.#wallNowMs() % MS_PER_MINUTE);
    const text = `Too much request weight used; current limit is ${this.#limit} request weight per 1 MINUTE.`;
    return new ApiError(429, -1003, text, Math.ceil(leftMs / 1_000));
  }
}
