import type { CandleColumns } from '@wickworks/core';
import { averageDrawdown } from './average-drawdown.js';
import { bestWorst } from './best-worst.js';
import { buyAndHold } from './buy-and-hold.js';
import { cagr } from './cagr.js';
import { calmar } from './calmar.js';
import { durations } from './durations.js';
import { expectancy } from './expectancy.js';
import { exposure } from './exposure.js';
import { kelly } from './kelly.js';
import { kurtosis } from './kurtosis.js';
import { longestDrawdown } from './longest-drawdown.js';
import { maxDrawdown } from './max-drawdown.js';
import { omega } from './omega.js';
import { pValue } from './p-value.js';
import { profitFactor } from './profit-factor.js';
import { recoveryFactor } from './recovery-factor.js';
import type { RunFacts } from './run-facts.js';
import { sharpe } from './sharpe.js';
import { skew } from './skew.js';
import { sortino } from './sortino.js';
import { sqn } from './sqn.js';
import { streaks } from './streaks.js';
import { tailRatio } from './tail-ratio.js';
import { totalReturn } from './total-return.js';
import { ulcerIndex } from './ulcer-index.js';
import { valueAtRisk } from './value-at-risk.js';
import { volatility } from './volatility.js';
import { winRatio } from './win-ratio.js';

/** Metrics by name. */
export interface Summary {
  readonly totalReturn: number | null;
  readonly buyAndHold: number | null;
  readonly cagr: number | null;
  readonly exposure: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly omega: number | null;
  readonly maxDrawdown: number | null;
  readonly averageDrawdown: number | null;
  readonly longestDrawdownMs: number | null;
  readonly ulcerIndex: number | null;
  readonly recoveryFactor: number | null;
  readonly valueAtRisk95: number | null;
  readonly conditionalValueAtRisk95: number | null;
  readonly valueAtRisk99: number | null;
  readonly conditionalValueAtRisk99: number | null;
  readonly skew: number | null;
  readonly kurtosis: number | null;
  readonly tailRatio: number | null;
  readonly roundTrips: number | null;
  readonly winRatio: number | null;
  readonly winRatioLong: number | null;
  readonly winRatioShort: number | null;
  readonly profitFactor: number | null;
  readonly expectancy: number | null;
  readonly sqn: number | null;
  readonly kelly: number | null;
  readonly pValue: number | null;
  readonly bestTrip: number | null;
  readonly worstTrip: number | null;
  readonly meanTripMs: number | null;
  readonly longestTripMs: number | null;
  readonly longestWinStreak: number | null;
  readonly longestLossStreak: number | null;
}

/**
 * Every metric of a run, each defined in its own file: ratios (0.1 is 10 %), ms, counts; null where the sample is too
 * small or the figure does not exist. `candles`: the market to compare with holding.
 */
export const summarise = (facts: RunFacts, candles: CandleColumns): Summary => ({
  totalReturn: totalReturn(facts),
  buyAndHold: buyAndHold(candles),
  cagr: cagr(facts),
  exposure: exposure(facts),
  volatility: volatility(facts),
  sharpe: sharpe(facts),
  sortino: sortino(facts),
  calmar: calmar(facts),
  omega: omega(facts),
  maxDrawdown: maxDrawdown(facts),
  averageDrawdown: averageDrawdown(facts),
  longestDrawdownMs: longestDrawdown(facts),
  ulcerIndex: ulcerIndex(facts),
  recoveryFactor: recoveryFactor(facts),
  valueAtRisk95: valueAtRisk(facts, 0.95).valueAtRisk,
  conditionalValueAtRisk95: valueAtRisk(facts, 0.95).conditional,
  valueAtRisk99: valueAtRisk(facts, 0.99).valueAtRisk,
  conditionalValueAtRisk99: valueAtRisk(facts, 0.99).conditional,
  skew: skew(facts),
  kurtosis: kurtosis(facts),
  tailRatio: tailRatio(facts),
  roundTrips: facts.roundTrips.length,
  winRatio: winRatio(facts),
  winRatioLong: winRatio(facts, 'long'),
  winRatioShort: winRatio(facts, 'short'),
  profitFactor: profitFactor(facts),
  expectancy: expectancy(facts),
  sqn: sqn(facts),
  kelly: kelly(facts),
  pValue: pValue(facts),
  bestTrip: bestWorst(facts).best,
  worstTrip: bestWorst(facts).worst,
  meanTripMs: durations(facts).meanMs,
  longestTripMs: durations(facts).longestMs,
  longestWinStreak: streaks(facts).wins,
  longestLossStreak: streaks(facts).losses,
});
