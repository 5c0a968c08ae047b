import { AnyStrategyDocument, BacktestResult } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { RunResult } from '@wickworks/engine';
import type { BiasReport, TestFault, TestRequest } from './engine-worker-protocol.js';

/** Points of the equity curve in a shared file; verifying runs the backtest again and needs none of them. */
const FILE_POINTS = 5_000;
/** A page that verifies itself carries the result in an element with this id. */
const ELEMENT = /<script type="application\/json" id="wickworks-result">([\s\S]*?)<\/script>/;

/** A whole result as the file that `wick verify` reads; of a long equity curve every n-th point and the last. */
export function resultFile(result: RunResult, proof: BiasReport | null): BacktestResult {
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

const fault = (message: string): { ok: false; error: TestFault } =>
  err({ kind: 'failed', message, issues: [] });

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

/** What has to be run to get a result again. */
export function requestOf({ setup }: BacktestResult): Result<TestRequest, TestFault> {
  if (setup.strategies !== undefined)
    return fault('The file is of several strategies on one account: `wick verify` runs it again.');
  if (setup.detailTrades === true)
    return fault('Stored trades decided this run, and the file does not carry them: `wick verify` runs it again.');
  const document = AnyStrategyDocument.safeParse(setup.strategy);
  if (!document.success) return fault('The file carries no strategy: it cannot be run again.');
  const { params, markets, timeframe, detailTimeframe, fromMs, toMs, config } = setup;
  return ok({ document: document.data, params, markets, timeframe, detailTimeframe, fromMs, toMs, config });
}
