import { lessIsBetter, type BenchCase, type BenchResult } from './bench.js';
import { tellOf } from './child.js';
import type { IndicatorTime } from './indicators/contest.js';
import { contests, COUNT, indicatorIds, OURS } from './indicators/contests.js';

/** Processes of each contestant, in turn. */
const ROUNDS = 2;

/**
 * Eight indicators over a million candles beside the fastest npm peer of each, nanoseconds of CPU time per candle, best
 * of many runs; beside each the cost of a live candle. Ours writes into buffers it has, as a runner, an optimiser or a
 * slider does; peers return fresh arrays.
 */
export async function run(): Promise<BenchResult> {
  const cases: BenchCase[] = [];
  for (const id of indicatorIds) {
    const best = new Map<string, IndicatorTime>();
    for (let round = 0; round < ROUNDS; round++)
      for (const name of [OURS, ...contests[id].rivals]) {
        const time = await tellOf<IndicatorTime>('indicators/contest.ts', [id, name]);
        const known = best.get(name);
        if (!known || time.ns < known.ns) best.set(name, time);
      }
    const ours = best.get(OURS)!;
    const [peer, theirs] = [...best].filter(([name]) => name !== OURS).reduce((a, b) => (b[1].ns < a[1].ns ? b : a));
    const title = `${id}, ${COUNT} candles (live: ${ours.liveNs.toFixed(0)} ns)`;
    cases.push(lessIsBetter(title, ours.ns, 'ns/candle', peer, theirs.ns));
  }
  return { name: 'indicators', cases };
}
