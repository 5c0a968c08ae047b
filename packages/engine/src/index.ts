export * from './indicators/calculate.js';
export * from './indicators/define.js';
export * from './indicators/registry.js';
export { settling, type Settling } from './indicators/settling.js';
export {
  number,
  parseParamValues,
  PERIOD_MAX,
  type ParamIssue,
  type ParamSpec,
  type ParamSpecs,
  type ParamValue,
  type ParamValues,
} from './indicators/params.js';
export { SOURCES, type Series, type SourceName } from './indicators/kernel/graph.js';
export { ANCHORS, sessionOf, type Anchor } from './indicators/kernel/sessions.js';
export { IndicatorCache } from './indicators/indicator-cache.js';
export { MA_TYPES, type MaType } from './indicators/kernel/moving-average.js';
export { GrowingProfile, volumeProfile, type VolumeProfile } from './indicators/volume-profile.js';
export type { Funding } from './market/funding.js';
export { HigherCandles } from './market/higher-candles.js';
export { instrumentOf, type Instrument, type InstrumentFault, type InstrumentRules } from './market/instrument.js';
export { RunMemory } from './market/run-memory.js';
export type * from './messages.js';
export type { Broker } from './ports.js';
export type { PaperRules } from './paper/paper-rules.js';
export type { SlippageModel } from './paper/slippage.js';
export { sizeByRisk } from './risk/size-by-risk.js';
export {
  backtest,
  DEFAULT_RULES,
  prepareBacktest,
  type Backtest,
  type BacktestFault,
  type BacktestMarket,
  type BacktestRecord,
  type BacktestRules,
} from './runner/backtest.js';
export type { BiasCheck, BiasProof } from './proof/bias-proof.js';
export { proveShared } from './proof/prove-shared.js';
export { proveStrategy } from './proof/prove-strategy.js';
export { equityPoints, runFileOf, type RunFile } from './runner/run-file.js';
export { canonicalJson, dataHashOf, resultHashOf } from './runner/run-hash.js';
export {
  DEFAULT_CONFIG,
  ENGINE_VERSION,
  prepareRun,
  runBacktest,
  type Run,
  type RunControl,
  type RunFault,
  type RunInput,
  type RunLoans,
} from './runner/run.js';
export { faultOfWish, faultText, issuesOfFault } from './runner/run-faults.js';
export type * from './runner/run-types.js';
export { faultOfSharedWish } from './runner/shared-faults.js';
export {
  prepareSharedRun,
  runSharedBacktest,
  strategyIdsOf,
  type SharedRun,
  type SharedRunInput,
  type SharedRunMarket,
} from './runner/shared-run.js';
export {
  defineStrategy,
  NO_INTENTS,
  type AccountView,
  type Strategy,
  type StrategyContext,
  type StrategyDefinition,
  type StrategySetup,
} from './runner/strategy.js';
export { drawdowns, underwater, type Drawdown } from './performance/drawdowns.js';
export { excursions } from './performance/excursions.js';
export { histogramOf, type HistogramBin } from './performance/histogram.js';
export {
  METRIC_GROUPS,
  sampleText,
  type Metric,
  type MetricGroup,
  type MetricUnit,
  type SampleFloor,
} from './performance/metric.js';
export { METRICS, summarise, type MetricId } from './performance/metrics.js';
export { dailyReturns, RunFacts } from './performance/run-facts.js';
export type { RunOutcome } from './performance/run-outcome.js';
export type * from './strategies/document.js';
export { checkStrategy } from './strategies/check.js';
export { createSignalRunner, SignalRunner, type Signal, type SignalInput } from './strategies/signals.js';
export { listExamples, type StrategyExampleDefinition } from './strategies/examples.js';
export { compileStrategy, interpretStrategy } from './strategies/compile-strategy.js';
export { FACTS, FIELDS, type FactName, type FieldName } from './strategies/reference.js';
export { Session, type SessionOptions } from './runner/session.js';
