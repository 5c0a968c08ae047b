import { MS_PER_HOUR } from '@wickworks/core';

/**
 * Funding of a perpetual: one ratio every 8 hours from 00:00 UTC on, or `[timeMs, ratio]` with rising times (ms UTC). At
 * each of these times longs pay `ratio` (-1..1) of their value to shorts, who pay when it is negative.
 */
export type Funding = number | readonly (readonly [timeMs: number, ratio: number])[];

/** Between two payments of a constant ratio. */
const INTERVAL_MS = 8 * MS_PER_HOUR;

/** Why it is no funding; null when it is. */
export function faultOfFunding(funding: Funding): string | null {
  const list = typeof funding === 'number' ? [[0, funding] as const] : funding;
  if (list.some(([timeMs], i) => !(timeMs >= 0 && timeMs < Infinity && (i === 0 || timeMs > list[i - 1]![0]))))
    return 'times must rise';
  return list.every(([, ratio]) => Math.abs(ratio) < 1) ? null : 'ratios must lie in -1..1';
}

/** The payments of a market one after the other, however far its candles reach. */
export class FundingSchedule {
  readonly #funding: Funding;
  #next = 0;

  /** Nothing is paid before `fromMs`. */
  constructor(funding: Funding, fromMs: number) {
    this.#funding = funding;
    if (typeof funding === 'number') this.#next = Math.ceil(fromMs / INTERVAL_MS);
    else while (this.#next < funding.length && funding[this.#next]![0] < fromMs) this.#next++;
  }

  /** Calls back for each payment up to and at `untilMs` that has not been told yet. */
  tellUntil(untilMs: number, pay: (ratio: number, timeMs: number) => void): void {
    const funding = this.#funding;
    if (typeof funding === 'number')
      for (; this.#next * INTERVAL_MS <= untilMs; this.#next++) pay(funding, this.#next * INTERVAL_MS);
    else
      for (; this.#next < funding.length && funding[this.#next]![0] <= untilMs; this.#next++) {
        const [timeMs, ratio] = funding[this.#next]!;
        pay(ratio, timeMs);
      }
  }
}
