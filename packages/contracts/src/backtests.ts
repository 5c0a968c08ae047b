import * as z from 'zod';
import { Decimal, ExchangeId, SymbolName, TimeframeName, TimeMs } from './candles.js';
import { BiasCheck } from './strategies.js';

/** Most markets of one backtest. */
export const BACKTEST_MARKETS_MAX = 20;

/** Value of a declared parameter. */
export const ParamValue = z.union([z.number(), z.string(), z.boolean()]);

/** How far from the ideal price a taker fills; each model is defined in docs/backtest.md. */
export const SlippageSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bps'), bps: z.number().min(0).max(1_000) }),
  z.strictObject({ kind: z.literal('half-spread'), spreadBps: z.number().min(0).max(1_000) }),
  z.strictObject({ kind: z.literal('volume-share'), impact: z.number().min(0).max(10) }),
  z.strictObject({ kind: z.literal('square-root'), coefficient: z.number().min(0).max(10) }),
]);
export type SlippageSpec = z.infer<typeof SlippageSpec>;

/** Share of a fill's notional. */
const FeeBps = z.number().min(0).max(1_000);

/** Most payments of funding in a list: nine years at one every eight hours. */
export const FUNDING_MAX = 10_000;

const FundingRatio = z.number().gt(-1).lt(1);

/** What longs pay to shorts, of their value: a ratio every 8 hours from 00:00 UTC on, or `[timeMs, ratio]`, times rising. */
const Funding = z.union([
  FundingRatio,
  z
    .array(z.tuple([TimeMs, FundingRatio]))
    .min(1)
    .max(FUNDING_MAX)
    .refine((list) => list.every(([timeMs], i) => i === 0 || timeMs > list[i - 1]![0]), 'times must rise'),
]);

/** What a market may have of its own; left out: the fees of the run, no funding. */
const MARKET_TERMS = { makerFeeBps: FeeBps.optional(), takerFeeBps: FeeBps.optional(), funding: Funding.optional() };

/** Account and venue of a backtest; what is left out is spot trading without credit, slippage or latency. */
export const BacktestConfig = z.strictObject({
  /** Deposit in quote currency. */
  cash: Decimal.default('10000'),
  makerFeeBps: FeeBps.default(10),
  takerFeeBps: FeeBps.default(10),
  slippage: SlippageSpec.default({ kind: 'none' }),
  /** Most of a candle's volume that fills may take, 0..1; `null`: no cap. */
  volumeShareMax: z.number().gt(0).max(1).nullable().default(null),
  latencyMs: z.int().min(0).max(3_600_000).default(0),
  /** Limit orders fill when touched instead of only when traded through. */
  touchFills: z.boolean().default(false),
  shorting: z.boolean().default(false),
  leverage: z.number().min(1).max(200).default(1),
  maintenanceRatio: z.number().gt(0).lt(1).default(0.05),
  liquidationFeeBps: z.number().min(0).max(10_000).default(0),
  borrowRatioPerDay: z.number().min(0).lt(1).default(0),
  positionsMax: z.int().min(1).max(BACKTEST_MARKETS_MAX).default(BACKTEST_MARKETS_MAX),
});
export type BacktestConfig = z.infer<typeof BacktestConfig>;

export const BacktestMarketRef = z.strictObject({ exchange: ExchangeId, symbol: SymbolName, ...MARKET_TERMS });
export type BacktestMarketRef = z.infer<typeof BacktestMarketRef>;

/** Smallest steps and amounts of a market as the run used them. */
export const BacktestMarketRules = z.object({
  exchange: ExchangeId.or(z.literal('file')),
  symbol: SymbolName,
  tickSize: z.number(),
  lotSize: z.number(),
  minNotional: z.number(),
  ...MARKET_TERMS,
});

/** One figure by name: ratio, ms, count or quote currency as the metric's definition says; `null`: n/a. */
export const MetricValues = z.record(z.string(), z.number().nullable());
export type MetricValues = z.infer<typeof MetricValues>;

/** One row of a breakdown: a month, weekday, hour, symbol or exit reason. */
export const BreakdownRow = z.object({
  key: z.string(),
  roundTrips: z.int(),
  winRatio: z.number().nullable(),
  /** Quote currency. */
  pnl: z.number(),
  returnRatio: z.number().nullable(),
});
export const Breakdowns = z.object({
  byMonth: z.array(BreakdownRow),
  byWeekday: z.array(BreakdownRow),
  byHour: z.array(BreakdownRow),
  bySymbol: z.array(BreakdownRow),
  byExitReason: z.array(BreakdownRow),
});
export type Breakdowns = z.infer<typeof Breakdowns>;

export const BacktestFill = z.object({
  id: z.int(),
  orderId: z.int(),
  side: z.enum(['buy', 'sell']),
  price: Decimal,
  quantity: Decimal,
  fee: Decimal,
  liquidity: z.enum(['maker', 'taker']),
  /** Open time of the candle it happened in. */
  timeMs: TimeMs,
  /** The rule that asked for it. */
  reason: z.string(),
});

/** A round trip: from flat to flat in one market, with everything that explains it. */
export const BacktestTrade = z.object({
  index: z.int(),
  symbol: SymbolName,
  direction: z.enum(['long', 'short']),
  entryTimeMs: TimeMs,
  /** `null` while still open at the end of the data. */
  exitTimeMs: TimeMs.nullable(),
  quantity: Decimal,
  entryPrice: z.number(),
  exitPrice: z.number().nullable(),
  /** After fees and carry, quote currency. */
  pnl: Decimal,
  returnRatio: z.number(),
  fees: Decimal,
  carry: Decimal,
  /** Largest adverse and favourable excursions from the entry price, ratios ≥ 0. */
  maeRatio: z.number(),
  mfeRatio: z.number(),
  entryReason: z.string(),
  exitReason: z.string().nullable(),
  /** Indicator values at the close of the candle that the entry was decided on. */
  entryValues: z.record(z.string(), z.number().nullable()),
  exitValues: z.record(z.string(), z.number().nullable()),
  fills: z.array(BacktestFill),
});
export type BacktestTrade = z.infer<typeof BacktestTrade>;

export const BacktestOrder = z.object({
  id: z.int(),
  symbol: SymbolName,
  side: z.enum(['buy', 'sell']),
  type: z.enum(['market', 'limit', 'stop', 'stop-limit', 'trailing-stop']),
  status: z.enum(['working', 'filled', 'canceled', 'rejected', 'refused']),
  quantity: Decimal.nullable(),
  filledQuantity: Decimal,
  limitPrice: Decimal.nullable(),
  stopPrice: Decimal.nullable(),
  reduceOnly: z.boolean(),
  createdMs: TimeMs,
  /** The rule that asked for it. */
  tag: z.string(),
  /** Why it was refused, rejected or canceled. */
  reason: z.string().nullable(),
});
export type BacktestOrder = z.infer<typeof BacktestOrder>;

/** `[closeTimeMs, equity, drawdownRatio]`. */
export const EquityPoint = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** Outcome of the look-ahead and warm-up checks. */
export const BiasProof = z.object({ passed: z.boolean(), checks: z.array(BiasCheck) });
export type BiasProof = z.infer<typeof BiasProof>;

/** What exactly was run; with the candles it gives the same `resultHash` everywhere. */
export const BacktestSetup = z.object({
  /** The strategy document as it was, of rules or in code; `null` for one that had none, named by `strategyId`. */
  strategy: z.unknown(),
  strategyId: z.string(),
  params: z.record(z.string(), ParamValue),
  markets: z.array(BacktestMarketRules).min(1),
  timeframe: TimeframeName,
  detailTimeframe: TimeframeName.nullable(),
  /** Open times `[from, to)` of the candles used. */
  fromMs: TimeMs,
  toMs: TimeMs,
  config: BacktestConfig,
  engineVersion: z.string(),
});
export type BacktestSetup = z.infer<typeof BacktestSetup>;

/** A whole result: what the CLI prints, a shared file holds and `wick verify` runs again. */
export const BacktestResult = z.object({
  kind: z.literal('wickworks-backtest'),
  version: z.literal(1),
  setup: BacktestSetup,
  candles: z.int(),
  metrics: MetricValues,
  breakdowns: Breakdowns,
  trades: z.array(BacktestTrade),
  orders: z.array(BacktestOrder),
  equity: z.array(EquityPoint),
  config: BacktestConfig,
  proof: BiasProof.nullable(),
  /** SHA-256, hex, of the candles used. */
  dataHash: z.string(),
  /** SHA-256, hex, of fills, equity, setup and data: the same on every machine. */
  resultHash: z.string(),
  /** Candle files it was made from, market by market, as they were named; neither part of the hashes nor trusted. */
  files: z.array(z.object({ in: z.string(), detailIn: z.string().optional() })).optional(),
});
export type BacktestResult = z.infer<typeof BacktestResult>;

/** What to test: a stored strategy, a built-in example, or a document sent along. */
export const StrategyRef = z.union([
  z.object({ id: z.string().min(1).max(64), version: z.int().positive().optional() }).strict(),
  z.object({ example: z.string().min(1).max(64) }).strict(),
  z.object({ document: z.record(z.string(), z.unknown()) }).strict(),
]);
export type StrategyRef = z.infer<typeof StrategyRef>;

/** Body of `POST /backtests`. */
export const BacktestRequest = z.strictObject({
  strategy: StrategyRef,
  params: z.record(z.string(), ParamValue).default({}),
  markets: z.array(BacktestMarketRef).min(1).max(BACKTEST_MARKETS_MAX),
  /** Left out: the strategy's own. */
  timeframe: TimeframeName.optional(),
  /** Finer candles that decide the order of events inside a candle. */
  detailTimeframe: TimeframeName.optional(),
  fromMs: TimeMs.optional(),
  toMs: TimeMs.optional(),
  config: BacktestConfig.prefault({}),
  title: z.string().max(120).optional(),
});
export type BacktestRequest = z.infer<typeof BacktestRequest>;
export type BacktestInput = z.input<typeof BacktestRequest>;

/** `GET /backtests/:id` and item of `GET /backtests`; figures are `null` until the job is done. */
export const BacktestView = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  progressRatio: z.number().min(0).max(1),
  /** Why it failed. */
  detail: z.string(),
  createdMs: TimeMs,
  request: BacktestRequest,
  setup: BacktestSetup.nullable(),
  candles: z.int().nullable(),
  metrics: MetricValues.nullable(),
  breakdowns: Breakdowns.nullable(),
  proof: BiasProof.nullable(),
  dataHash: z.string().nullable(),
  resultHash: z.string().nullable(),
});
export type BacktestView = z.infer<typeof BacktestView>;

/** `GET /backtests/:id/equity`: at most `points` of the curve, extremes kept. */
export const EquityView = z.object({ items: z.array(EquityPoint), nextCursor: z.string().nullable() });
export type EquityView = z.infer<typeof EquityView>;
