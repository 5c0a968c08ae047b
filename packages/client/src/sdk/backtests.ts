import { API, type BacktestInput, type BacktestView, type Paging } from '@wickworks/contracts';
import type { Result } from '@wickworks/core';
import type { ClientFailure } from '../failure.js';
import type { Caller } from './caller.js';
import { jobCalls, type WaitOptions } from './jobs.js';

const routes = API.backtests;
type PageQuery = Partial<Paging>;

/** Backtests on the server. */
export const backtestCalls = (call: Caller) => ({
  /** Your backtests, newest first. */
  list: (query: PageQuery = {}) => call(routes.getBacktests, { query }),
  /** Starts one and answers with its job, whose id is that of the backtest. */
  start: (request: BacktestInput) => call(routes.startBacktest, { body: request }),
  /** Starts one and waits until it has ended, however that was: look at `state` before the figures. */
  run: (request: BacktestInput, options: WaitOptions = {}) => run(call, request, options),
  get: (id: string) => call(routes.getBacktest, { params: { id } }),
  trades: (id: string, query: PageQuery = {}) => call(routes.getTrades, { params: { id }, query }),
  orders: (id: string, query: PageQuery = {}) => call(routes.getOrders, { params: { id }, query }),
  /** At most `points` points of the equity curve, extremes kept. */
  equity: (id: string, points?: number) => call(routes.getEquity, { params: { id }, query: { points } }),
  /** The whole result, as `wick verify` takes it. */
  result: (id: string) => call(routes.getResult, { params: { id } }),
  /** Stops it if it runs, and deletes it. */
  remove: (id: string) => call(routes.deleteBacktest, { params: { id } }),
});

async function run(
  call: Caller,
  request: BacktestInput,
  options: WaitOptions,
): Promise<Result<BacktestView, ClientFailure>> {
  const started = await call(routes.startBacktest, { body: request, signal: options.signal });
  if (!started.ok) return started;
  const { id } = started.value.job;
  const ended = await jobCalls(call).wait(id, options);
  return ended.ok ? call(routes.getBacktest, { params: { id } }) : ended;
}
