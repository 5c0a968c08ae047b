import type { RunOutcome } from './run-outcome.js';

/** A change of equity below this share of it is the rounding of its last digit: neither a drawdown nor a return. */
export const EQUITY_ROUNDING = 1e-14;

/** One stay below a peak of equity. */
export interface Drawdown {
  /** When the peak stood, when equity was lowest, when the peak was reached again (null: not yet); ms UTC. */
  readonly peakMs: number;
  readonly troughMs: number;
  readonly recoveredMs: number | null;
  /** Deepest distance below the peak, 0..1 (above 1 when more than everything is lost). */
  readonly depthRatio: number;
  /** The same in quote. */
  readonly depthQuote: number;
  /** Equity at the peak, quote. */
  readonly peak: number;
  /** From the peak to the recovery, else to the last point. */
  readonly durationMs: number;
}

/** Every drawdown in order of time; the deposit counts as the first peak. */
export function drawdowns(facts: Pick<RunOutcome, 'cash' | 'timesMs' | 'equity'>): Drawdown[] {
  const { timesMs, equity } = facts;
  const found: Drawdown[] = [];
  let peak = facts.cash;
  let peakMs = timesMs[0] ?? 0;
  let trough = peak;
  let troughMs = peakMs;
  const close = (recoveredMs: number | null): void => {
    const durationMs = (recoveredMs ?? timesMs.at(-1)!) - peakMs;
    const depthRatio = 1 - trough / peak;
    found.push({ peakMs, troughMs, recoveredMs, depthRatio, depthQuote: peak - trough, peak, durationMs });
  };
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value >= peak * (1 - EQUITY_ROUNDING)) {
      if (trough < peak) close(timesMs[i]!);
      if (value > peak) peak = value;
      peakMs = timesMs[i]!;
      trough = peak;
    } else if (value < trough) {
      trough = value;
      troughMs = timesMs[i]!;
    }
  }
  if (trough < peak) close(null);
  return found;
}

/** Distance below the highest equity so far at every point, 0..1; the deposit counts as the first peak. */
export function underwater(facts: Pick<RunOutcome, 'cash' | 'equity'>): Float64Array {
  const { equity, cash } = facts;
  const depths = new Float64Array(equity.length);
  let peak = cash;
  // A plain loop: there is a point for each candle.
  for (let i = 0; i < depths.length; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    const depth = 1 - value / peak;
    if (depth > EQUITY_ROUNDING) depths[i] = depth;
  }
  return depths;
}
