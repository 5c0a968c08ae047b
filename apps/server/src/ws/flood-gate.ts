/** A token bucket: `perSecond` messages on average, `burst` at once. */
export class FloodGate {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #lastMs: number;

  constructor(input: { perSecond: number; burst: number; nowMs: number }) {
    this.#perSecond = input.perSecond;
    this.#burst = input.burst;
    this.#tokens = input.burst;
    this.#lastMs = input.nowMs;
  }

  /** Counts one message; false when it is one too many. */
  admit(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs * this.#perSecond) / 1_000);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
