import type { RunFacts } from './run-facts.js';

/** One stay below a peak of equity. */
export interface Drawdown {
  /** When the peak stood, when equity was lowest, when the peak was reached again (null: not yet); ms UTC. */
  readonly peakMs: number;
  readonly troughMs: number;
  readonly recoveredMs: number | null;
  /** Deepest distance below the peak, 0..1 (above 1 when more than everything is lost). */
  readonly depthRatio: number;
}

/** Every drawdown in order of time; the deposit counts as the first peak. */
export function drawdowns(facts: Pick<RunFacts, 'cash' | 'timesMs' | 'equity'>): Drawdown[] {
  const { timesMs, equity } = facts;
  const found: Drawdown[] = [];
  let peak = facts.cash;
  let peakMs = timesMs[0] ?? 0;
  let trough = peak;
  let troughMs = peakMs;
  const close = (recoveredMs: number | null): void => {
    if (trough < peak) found.push({ peakMs, troughMs, recoveredMs, depthRatio: 1 - trough / peak });
  };
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value >= peak) {
      close(timesMs[i]!);
      peak = value;
      peakMs = timesMs[i]!;
      trough = value;
    } else if (value < trough) {
      trough = value;
      troughMs = timesMs[i]!;
    }
  }
  close(null);
  return found;
}

/** Distance below the highest equity so far at every point, 0..1; the deposit counts as the first peak. */
export function underwater(facts: Pick<RunFacts, 'cash' | 'equity'>): Float64Array {
  let peak = facts.cash;
  return facts.equity.map((value) => {
    if (value > peak) peak = value;
    return 1 - value / peak;
  });
}
