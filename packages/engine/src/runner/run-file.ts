import type { BiasProof } from '../proof/bias-proof.js';
import type { RunDraft, RunResult } from './run-types.js';

/** A run as a file: JSON that can be read by anyone and run again. `BacktestResult` in the contracts. */
export interface RunFile extends Omit<RunResult, 'equity' | 'metrics'> {
  readonly kind: 'wickworks-backtest';
  readonly version: 1;
  readonly metrics: Record<string, number | null>;
  /** `[closeTimeMs, equity, drawdownRatio]`. */
  readonly equity: readonly (readonly [number, number, number])[];
  readonly proof: BiasProof | null;
}

/** The file of a run. */
export const runFileOf = (run: RunResult, proof: BiasProof | null): RunFile => ({
  kind: 'wickworks-backtest',
  version: 1,
  ...run,
  metrics: { ...run.metrics },
  equity: equityPoints(run.equity),
  proof,
});

/** The curve point by point. */
export const equityPoints = ({ timesMs, equity, drawdownRatio }: RunDraft['equity']): [number, number, number][] =>
  Array.from(timesMs, (timeMs, i) => [timeMs, equity[i]!, drawdownRatio[i]!]);
