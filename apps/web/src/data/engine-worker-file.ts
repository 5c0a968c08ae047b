import { AnyStrategyDocument, BacktestResult } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { BiasProof, RunResult } from '@wickworks/engine';
import type { TestFault, TestRequest, TestStrategy } from './engine-worker-protocol.js';

/** Points of the equity curve in a shared file; verifying runs the backtest again and needs none of them. */
const FILE_POINTS = 5_000;
/** A page that verifies itself carries the result in an element with this id. */
const ELEMENT = /<script type="application\/json" id="wickworks-result">([\s\S]*?)<\/script>/;

/** A whole result as the file that `wick verify` reads; of a long equity curve every n-th point and the last. */
export function resultFile(result: RunResult, proof: BiasProof | null): BacktestResult {
  const { timesMs, equity, drawdownRatio } = result.equity;
  const step = Math.max(1, Math.ceil(timesMs.length / FILE_POINTS));
  const points: [number, number, number][] = [];
  for (let index = 0; index < timesMs.length; index += step) points.push(pointAt(index));
  if (timesMs.length > 0 && (timesMs.length - 1) % step !== 0) points.push(pointAt(timesMs.length - 1));
  function pointAt(index: number): [number, number, number] {
    return [timesMs[index]!, equity[index]!, drawdownRatio[index]!];
  }
  return BacktestResult.parse({ kind: 'wickworks-backtest', version: 1, ...result, equity: points, proof });
}

const fault = (message: string): { ok: false; error: TestFault } => err({ kind: 'failed', message, issues: [] });

/** Reads a result file, or a page made of one. */
export function readResultFile(text: string): Result<BacktestResult, TestFault> {
  const embedded = ELEMENT.exec(text);
  let json: unknown;
  try {
    json = JSON.parse(embedded?.[1] ?? text);
  } catch {
    return fault('This is neither a result file nor a page made of one.');
  }
  const parsed = BacktestResult.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fault(`This is no backtest result: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** A result as its run left it, out of a file that holds the whole of its curve. */
export function resultOfFile(file: BacktestResult): RunResult {
  const { equity, ...result } = file;
  const column = (at: 0 | 1 | 2): Float64Array => Float64Array.from(equity, (point) => point[at]);
  return { ...result, equity: { timesMs: column(0), equity: column(1), drawdownRatio: column(2) } };
}

/** What has to be run to get a result again. */
export function requestOf({ setup }: BacktestResult): Result<TestRequest, TestFault> {
  const {
    strategies,
    strategy,
    params,
    timeframe,
    fromMs,
    toMs,
    markets,
    detailTimeframe,
    detailTrades = false,
    config,
  } = setup;
  const symbols = markets.map(({ symbol }) => symbol);
  const alone = { strategy, params, timeframe, fromMs, toMs, symbols, allocation: null };
  const again: TestStrategy[] = [];
  for (const { strategy: given, ...one } of strategies ?? [alone]) {
    const document = AnyStrategyDocument.safeParse(given);
    if (!document.success) return fault('The file carries no strategy: it cannot be run again.');
    again.push({ ...one, document: document.data });
  }
  return ok({ strategies: again, isShared: strategies !== undefined, markets, detailTimeframe, detailTrades, config });
}

/** As {@link requestOf}, of what this browser runs again by itself: stored trades, where they decided, the server has. */
export function browserRequestOf(file: BacktestResult): Result<TestRequest, TestFault> {
  if (file.setup.detailTrades !== true) return requestOf(file);
  return err({
    kind: 'needs-server',
    message: 'Stored trades decided this run, and the file does not carry them: the server runs it again.',
    issues: [],
  });
}
