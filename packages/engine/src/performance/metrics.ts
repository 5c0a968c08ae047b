import { adjustedSortino, smartAdjustedSortino } from './adjusted-sortino.js';
import { alpha } from './alpha.js';
import { annualVariance } from './annual-variance.js';
import { averageDrawdown } from './average-drawdown.js';
import { averageStake } from './average-stake.js';
import { averageLoss, averageWin, expectancyQuote, payoffRatio } from './average-win-loss.js';
import { bestDay, bestMonth, bestYear, worstDay, worstMonth, worstYear } from './best-worst-period.js';
import { bestTrip, largestLoss, largestWin, worstTrip } from './best-worst-trip.js';
import { beta } from './beta.js';
import { buyAndHold } from './buy-and-hold.js';
import { cagr } from './cagr.js';
import { calmar } from './calmar.js';
import { commonSenseRatio } from './common-sense.js';
import { correlation, rSquared } from './correlation.js';
import { carry, costShare, fees, slippage } from './costs.js';
import { cpcIndex } from './cpc-index.js';
import { currentDrawdown } from './current-drawdown.js';
import { deflatedSharpe } from './deflated-sharpe.js';
import { averageDrawdownMs, longestDrawdownMs } from './drawdown-durations.js';
import { downsideDeviation } from './downside-deviation.js';
import { excessReturn } from './excess-return.js';
import { expectancy, expectancyLong, expectancyShort } from './expectancy.js';
import { expectancyRatio } from './expectancy-ratio.js';
import { exposure } from './exposure.js';
import { finalEquity } from './final-equity.js';
import { gainToPain, gainToPainMonth } from './gain-to-pain.js';
import { geometricDay, geometricMonth } from './geometric-return.js';
import { informationRatio, trackingError } from './information-ratio.js';
import { kelly } from './kelly.js';
import { kurtosis } from './kurtosis.js';
import { largestAdverse, largestFavourable, meanGiveBack } from './largest-excursions.js';
import { lossRatio } from './loss-ratio.js';
import { lowestEquity } from './lowest-equity.js';
import { maxDrawdown, maxDrawdownQuote } from './max-drawdown.js';
import { edgeRatio, meanAdverse, meanFavourable } from './mean-excursions.js';
import { meanDay, meanMonth } from './mean-return.js';
import { netProfit } from './net-profit.js';
import { normalValueAtRisk95, normalValueAtRisk99 } from './normal-value-at-risk.js';
import { omega } from './omega.js';
import { openProfit } from './open-profit.js';
import { outlierLossRatio, outlierWinRatio } from './outliers.js';
import { pValue } from './p-value.js';
import { peakEquity } from './peak-equity.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';
import { grossLoss, grossProfit } from './profit.js';
import { profitDeviation } from './profit-deviation.js';
import { profitFactor } from './profit-factor.js';
import { recoveryMs } from './recovery-duration.js';
import { profitPerDrawdown, recoveryFactor } from './recovery-factor.js';
import { returnPerExposure } from './return-per-exposure.js';
import { riskOfRuin } from './risk-of-ruin.js';
import { serenity } from './serenity.js';
import { sharpe } from './sharpe.js';
import { skew } from './skew.js';
import { smartSharpe, smartSortino } from './smart-sharpe.js';
import { sortino } from './sortino.js';
import { sqn } from './sqn.js';
import {
  currentStreak,
  longestLosingDays,
  longestLossStreak,
  longestWinningDays,
  longestWinStreak,
} from './streaks.js';
import { tailRatio } from './tail-ratio.js';
import { totalReturn } from './total-return.js';
import {
  last12Months,
  last36MonthsPerYear,
  last3Months,
  last6Months,
  monthToDate,
  yearToDate,
} from './trailing-return.js';
import { treynor } from './treynor.js';
import { longTrips, openTrips, roundTrips, shortTrips, tripsPerDay } from './trip-counts.js';
import {
  longestLossMs,
  longestTripMs,
  longestWinMs,
  meanLossMs,
  meanTripMs,
  meanWinMs,
  medianTripMs,
  shortestLossMs,
  shortestTripMs,
  shortestWinMs,
} from './trip-durations.js';
import { drawnTrips, losingTrips, winningTrips } from './trip-outcomes.js';
import { tradedNotional, turnoverPerYear } from './turnover.js';
import { martin, ulcerIndex } from './ulcer-index.js';
import { underwaterShare } from './underwater-share.js';
import { meanDownMonth, meanUpMonth } from './up-down-month.js';
import { conditionalValueAtRisk95, conditionalValueAtRisk99, valueAtRisk95, valueAtRisk99 } from './value-at-risk.js';
import { volatility } from './volatility.js';
import { winRatio, winRatioLong, winRatioShort } from './win-ratio.js';
import { winningDays, winningMonths, winningQuarters, winningYears } from './winning-periods.js';
import { valueOf, type Metric } from './metric.js';
import type { RunFacts } from './run-facts.js';

/** Every metric of a run in the order in which a report shows them; a new one is a file here and a line below. */
export const METRICS = [
  totalReturn,
  netProfit,
  finalEquity,
  peakEquity,
  lowestEquity,
  cagr,
  buyAndHold,
  excessReturn,
  exposure,
  meanDay,
  meanMonth,
  geometricDay,
  geometricMonth,
  bestDay,
  worstDay,
  bestMonth,
  worstMonth,
  bestYear,
  worstYear,
  winningDays,
  winningMonths,
  winningQuarters,
  winningYears,
  longestWinningDays,
  longestLosingDays,
  meanUpMonth,
  meanDownMonth,
  monthToDate,
  last3Months,
  last6Months,
  yearToDate,
  last12Months,
  last36MonthsPerYear,
  volatility,
  annualVariance,
  downsideDeviation,
  sharpe,
  sortino,
  smartSharpe,
  smartSortino,
  adjustedSortino,
  smartAdjustedSortino,
  calmar,
  returnPerExposure,
  omega,
  gainToPain,
  gainToPainMonth,
  serenity,
  valueAtRisk95,
  conditionalValueAtRisk95,
  valueAtRisk99,
  conditionalValueAtRisk99,
  normalValueAtRisk95,
  normalValueAtRisk99,
  skew,
  kurtosis,
  tailRatio,
  outlierWinRatio,
  outlierLossRatio,
  commonSenseRatio,
  beta,
  alpha,
  correlation,
  rSquared,
  trackingError,
  informationRatio,
  treynor,
  maxDrawdown,
  maxDrawdownQuote,
  averageDrawdown,
  longestDrawdownMs,
  averageDrawdownMs,
  recoveryMs,
  underwaterShare,
  currentDrawdown,
  ulcerIndex,
  martin,
  recoveryFactor,
  profitPerDrawdown,
  roundTrips,
  longTrips,
  shortTrips,
  openTrips,
  winningTrips,
  losingTrips,
  drawnTrips,
  tripsPerDay,
  averageStake,
  openProfit,
  winRatio,
  lossRatio,
  expectancy,
  winRatioLong,
  expectancyLong,
  winRatioShort,
  expectancyShort,
  grossProfit,
  grossLoss,
  profitFactor,
  expectancyQuote,
  profitDeviation,
  averageWin,
  averageLoss,
  payoffRatio,
  expectancyRatio,
  cpcIndex,
  sqn,
  kelly,
  riskOfRuin,
  bestTrip,
  worstTrip,
  largestWin,
  largestLoss,
  meanTripMs,
  longestTripMs,
  shortestTripMs,
  medianTripMs,
  meanWinMs,
  longestWinMs,
  shortestWinMs,
  meanLossMs,
  longestLossMs,
  shortestLossMs,
  longestWinStreak,
  longestLossStreak,
  currentStreak,
  meanAdverse,
  meanFavourable,
  largestAdverse,
  largestFavourable,
  meanGiveBack,
  edgeRatio,
  fees,
  slippage,
  carry,
  costShare,
  tradedNotional,
  turnoverPerYear,
  pValue,
  probabilisticSharpe,
  deflatedSharpe,
] as const satisfies readonly Metric[];

export type MetricId = (typeof METRICS)[number]['id'];

/** Every metric of a run; null where the sample is too small or the figure does not exist. */
export const summarise = (facts: RunFacts): Readonly<Record<MetricId, number | null>> =>
  // The keys are those of METRICS by construction.
  Object.fromEntries(METRICS.map((metric) => [metric.id, valueOf(metric, facts)])) as Record<MetricId, number | null>;
