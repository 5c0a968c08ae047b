import type { BacktestResult } from '@wickworks/contracts';
import { equityPoints, type RunResult } from '@wickworks/engine';
import { resultFile } from './engine-worker-file.js';

/** `Math.exp` and the like may differ in the last bit between browsers; a figure that was changed differs by more. */
const TOLERANCE = 1e-9;

/** What a result states besides its hashes and its curve: each must come out again. */
const STATED = ['candles', 'metrics', 'breakdowns', 'trades', 'orders', 'config', 'intrabar'] as const;

/**
 * The first thing a result states that its own run does not give again, as a path; `null` when there is none. Hashes cover
 * setup, data, fills and the equity curve; the figures made of them are compared one by one.
 */
export function differenceOf(stated: BacktestResult, run: RunResult): string | null {
  const again = resultFile(run, null);
  for (const field of STATED) {
    const found = pathOf(stated[field], again[field], field);
    if (found !== null) return found;
  }
  // Written here a curve is thinned, elsewhere it is whole.
  const isWhole = stated.equity.length === run.equity.timesMs.length;
  return pathOf(stated.equity, isWhole ? equityPoints(run.equity) : again.equity, 'equity');
}

function pathOf(a: unknown, b: unknown, path: string): string | null {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) ? null : path;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? null : path;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const found = pathOf(left.get(key), right.get(key), `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
