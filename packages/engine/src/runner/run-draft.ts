import type { CandleColumns } from '@wickworks/core';
import { priceOf, quantityOf, type Instrument } from '../market/instrument.js';
import type { Fill } from '../messages.js';
import { breakdownsOf } from '../performance/breakdowns.js';
import { summarise } from '../performance/metrics.js';
import { sum } from '../performance/moments.js';
import { RunFacts } from '../performance/run-facts.js';
import type { Benchmark } from '../performance/run-outcome.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import type { BacktestRecord } from './backtest.js';
import { openTradeOf, orderOf, seriesIn, tradeOf, type TradeSource } from './run-trades.js';
import type { RunDraft, RunOrder, RunSetup } from './run-types.js';
import type { WatchedIndicator } from './session.js';

/** Crypto never closes: annualised figures count 365 days. */
const DAYS_PER_YEAR = 365;

/** What a run has done so far, as figures, trades and curves. */
export function draftOf(parts: {
  setup: RunSetup;
  /** Candles worked through. */
  candles: number;
  record: Omit<BacktestRecord, 'refusals'>;
  portfolio: Portfolio;
  /** Candles of each market of the portfolio. */
  columns: readonly CandleColumns[];
  watched: readonly WatchedIndicator[];
  refused: readonly RunOrder[];
  benchmark: Benchmark;
  /** What decided the order of events inside candles; of runs with anything finer. */
  intrabar?: RunDraft['intrabar'];
  /** Where several strategies ran: who trades a market of the portfolio. */
  strategyOf?: (market: number) => string;
}): RunDraft {
  const { setup, record, portfolio, columns, strategyOf } = parts;
  const { instruments } = portfolio;
  const source: TradeSource = {
    instruments,
    candles: columns,
    fills: record.fills,
    orders: record.orders,
    series: instruments.map((_, market) => seriesIn(market, parts.watched)),
    ...(strategyOf && { strategyOf }),
  };
  const openTrips = portfolio.openTrips();
  const finished = record.roundTrips.map((trip, index) => tradeOf(trip, index, source));
  const open = openTrips.map((trip, index) => openTradeOf(trip, finished.length + index, source));
  const facts = new RunFacts({
    cash: record.cash,
    startMs: setup.fromMs,
    timesMs: record.equityTimesMs,
    equity: record.equity,
    roundTrips: record.roundTrips,
    openTrips,
    excursions: finished.map(({ maeRatio, mfeRatio }) => ({ adverseRatio: maeRatio, favourableRatio: mfeRatio })),
    costs: { fees: record.fees, carry: record.carry, ...tradedOf(record.fills, instruments) },
    benchmark: parts.benchmark,
    daysPerYear: DAYS_PER_YEAR,
    riskFreeRatio: 0,
    trials: null,
  });
  const orders = record.orders.map((order) => orderOf(order, source));
  return {
    setup,
    config: setup.config,
    candles: parts.candles,
    metrics: summarise(facts),
    breakdowns: breakdownsOf(facts, strategyOf),
    trades: [...finished, ...open],
    orders: [...orders, ...parts.refused],
    equity: {
      timesMs: record.equityTimesMs.slice(),
      equity: record.equity.slice(),
      drawdownRatio: facts.underwater,
    },
    ...(parts.intrabar && { intrabar: parts.intrabar }),
  };
}

/** Value of all fills and what slippage took from them, quote. */
function tradedOf(fills: readonly Fill[], instruments: readonly Instrument[]): { notional: number; slippage: number } {
  const notional = fills.map(
    ({ market, priceUnits, quantityUnits }) =>
      priceOf(instruments[market]!, priceUnits) * quantityOf(instruments[market]!, quantityUnits),
  );
  return { notional: sum(notional), slippage: sum(fills.map(({ slippageQuote }) => slippageQuote)) };
}
