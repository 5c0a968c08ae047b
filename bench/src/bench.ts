/** One measured case beside its peer in the same run; `ratio` above 1 means ours is better. */
export interface BenchCase {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  readonly peerValue: number;
  readonly ratio: number;
}

export interface BenchResult {
  readonly name: string;
  readonly cases: readonly BenchCase[];
}

/** A case of which less is better (time, bytes, CPU): ratio = peer ÷ ours. */
export const lessIsBetter = (
  name: string,
  value: number,
  unit: string,
  peer: string,
  peerValue: number,
): BenchCase => ({
  case: name,
  value,
  unit,
  peer,
  peerValue,
  ratio: peerValue / value,
});

/** A case of which more is better (messages a second): ratio = ours ÷ peer. */
export const moreIsBetter = (
  name: string,
  value: number,
  unit: string,
  peer: string,
  peerValue: number,
): BenchCase => ({
  case: name,
  value,
  unit,
  peer,
  peerValue,
  ratio: value / peerValue,
});

/** The middle of `values`; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which `share` (0..1) of `values` lie; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/**
 * Medians of `rounds` timings of each contestant in ms, taken in turn (A B A B …) so that a machine whose speed
 * drifts treats all alike; one uncounted round warms up.
 */
export async function inTurn<Name extends string>(
  contestants: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const started = performance.now();
      await contestants[name]();
      if (round > 0) times.get(name)!.push(performance.now() - started);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>;
}
