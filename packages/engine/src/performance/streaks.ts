import type { RunFacts } from './run-facts.js';

/** Longest rows of winning and of losing round trips, in the order of their exits; a zero ends both. */
export function streaks(facts: RunFacts): { readonly wins: number; readonly losses: number } {
  const longest = (isOne: (pnl: number) => boolean): number => {
    let best = 0;
    let run = 0;
    for (const { pnl } of facts.roundTrips) {
      run = isOne(pnl) ? run + 1 : 0;
      if (run > best) best = run;
    }
    return best;
  };
  return { wins: longest((pnl) => pnl > 0), losses: longest((pnl) => pnl < 0) };
}
