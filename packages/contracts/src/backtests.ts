import * as z from 'zod';
import { Decimal, ExchangeId, SymbolName, TimeframeName, TimeMs } from './candles.js';
import { BiasCheck } from './strategies.js';

/** Most markets of one backtest; of several strategies, most pairs of a strategy and a market it trades. */
export const BACKTEST_MARKETS_MAX = 20;

/** Most strategies on the account of one backtest. */
export const BACKTEST_STRATEGIES_MAX = 10;

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

/** One row of a breakdown: a month, weekday, hour, symbol, exit reason or strategy. */
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
  /** Of a run of several strategies. */
  byStrategy: z.array(BreakdownRow).optional(),
});
export type Breakdowns = z.infer<typeof Breakdowns>;

/** Which of several strategies it belongs to; absent where one ran alone. */
const OfStrategy = z.string().optional();

export const BacktestFill = z.object({
  id: z.int(),
  orderId: z.int(),
  side: z.enum(['buy', 'sell']),
  price: Decimal,
  quantity: Decimal,
  fee: Decimal,
  liquidity: z.enum(['maker', 'taker']),
  /** Of the trade it happened at, or the open of the candle it happened in. */
  timeMs: TimeMs,
  /** The rule that asked for it. */
  reason: z.string(),
  strategyId: OfStrategy,
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
  strategyId: OfStrategy,
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
  strategyId: OfStrategy,
});
export type BacktestOrder = z.infer<typeof BacktestOrder>;

/** `[closeTimeMs, equity, drawdownRatio]`. */
export const EquityPoint = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** Outcome of the look-ahead and warm-up checks. */
export const BiasProof = z.object({ passed: z.boolean(), checks: z.array(BiasCheck) });
export type BiasProof = z.infer<typeof BiasProof>;

/** Ratio of the deposit that only this strategy may use, with what it makes of it. */
const Allocation = z.number().gt(0).max(1);

/** One of several strategies as it was run. */
export const BacktestSetupStrategy = z.object({
  /** What trades, orders and figures name it by. */
  id: z.string(),
  /** Its document; `null` for one that had none, named by `id`. */
  strategy: z.unknown(),
  params: z.record(z.string(), ParamValue),
  timeframe: TimeframeName,
  /** Open times `[from, to)` of its candles. */
  fromMs: TimeMs,
  toMs: TimeMs,
  /** Markets it trades. */
  symbols: z.array(SymbolName).min(1),
  /** `null`: it shares what is reserved for no other. */
  allocation: Allocation.nullable(),
});
export type BacktestSetupStrategy = z.infer<typeof BacktestSetupStrategy>;

/** What exactly was run; with the candles it gives the same `resultHash` everywhere. */
export const BacktestSetup = z.object({
  /** The strategy document as it was, of rules or in code; `null` for one that had none, named by `strategyId`. */
  strategy: z.unknown(),
  strategyId: z.string(),
  /**
   * Of several strategies on one account, in their order. Then `strategy` is `null`, `strategyId` names them all,
   * `params` is empty and `timeframe` is that of the first.
   */
  strategies: z.array(BacktestSetupStrategy).min(1).optional(),
  params: z.record(z.string(), ParamValue),
  markets: z.array(BacktestMarketRules).min(1),
  timeframe: TimeframeName,
  detailTimeframe: TimeframeName.nullable(),
  /** A market had trades; left out when none had. */
  detailTrades: z.literal(true).optional(),
  /** Open times `[from, to)` of the candles used. */
  fromMs: TimeMs,
  toMs: TimeMs,
  config: BacktestConfig,
  engineVersion: z.string(),
});
export type BacktestSetup = z.infer<typeof BacktestSetup>;

/** Candles in which something could happen to the account, by what decided it: trades, finer candles, or they alone. */
export const Intrabar = z.object({ trades: z.int(), detail: z.int(), candles: z.int() });
export type Intrabar = z.infer<typeof Intrabar>;

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
  /** Absent from runs that had neither trades nor finer candles. */
  intrabar: Intrabar.optional(),
  /** SHA-256, hex, of the candles used. */
  dataHash: z.string(),
  /** SHA-256, hex, of fills, equity, setup and data: the same on every machine. */
  resultHash: z.string(),
  /** Candle files it was made from, market by market, as they were named; neither part of the hashes nor trusted. */
  files: z
    .array(z.object({ in: z.string(), detailIn: z.string().optional(), tradesIn: z.string().optional() }))
    .optional(),
});
export type BacktestResult = z.infer<typeof BacktestResult>;

/** What to test: a stored strategy, a built-in example, or a document sent along. */
export const StrategyRef = z.union([
  z.object({ id: z.string().min(1).max(64), version: z.int().positive().optional() }).strict(),
  z.object({ example: z.string().min(1).max(64) }).strict(),
  z.object({ document: z.record(z.string(), z.unknown()) }).strict(),
]);
export type StrategyRef = z.infer<typeof StrategyRef>;

/** One of several strategies on the account of a backtest. */
export const BacktestStrategy = z.strictObject({
  /** What trades, orders and figures name it by; left out: made from the strategy's name, numbered when it is taken. */
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _')
    .optional(),
  strategy: StrategyRef,
  params: z.record(z.string(), ParamValue).default({}),
  /** Left out: the strategy's own. */
  timeframe: TimeframeName.optional(),
  /** Markets of the run that it trades; left out: all. */
  symbols: z.array(SymbolName).min(1).max(BACKTEST_MARKETS_MAX).optional(),
  /** Left out: it shares what is reserved for no other. All together at most 1. */
  allocation: Allocation.optional(),
});
export type BacktestStrategy = z.infer<typeof BacktestStrategy>;

/** Body of `POST /backtests`: one `strategy`, or several `strategies` that share the account. */
export const BacktestRequest = z
  .strictObject({
    strategy: StrategyRef.optional(),
    /** Of `strategy`. */
    params: z.record(z.string(), ParamValue).default({}),
    /** In the order in which they are asked at the same moment. */
    strategies: z.array(BacktestStrategy).min(1).max(BACKTEST_STRATEGIES_MAX).optional(),
    markets: z.array(BacktestMarketRef).min(1).max(BACKTEST_MARKETS_MAX),
    /** Of `strategy`; left out: its own. */
    timeframe: TimeframeName.optional(),
    /** Finer candles that decide the order of events inside a candle. */
    detailTimeframe: TimeframeName.optional(),
    /** Stored trades decide it where they are complete; before finer candles. */
    detailTrades: z.boolean().optional(),
    fromMs: TimeMs.optional(),
    toMs: TimeMs.optional(),
    config: BacktestConfig.prefault({}),
    title: z.string().max(120).optional(),
  })
  .superRefine(refineStrategies);
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

/** One strategy or several; each setting where it belongs. */
function refineStrategies(
  request: {
    strategy?: unknown;
    params: object;
    timeframe?: unknown;
    strategies?: readonly BacktestStrategy[] | undefined;
    markets: readonly BacktestMarketRef[];
  },
  context: z.RefinementCtx,
): void {
  const wrong = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message, input: request });
  const { strategies, markets } = request;
  if (strategies === undefined) {
    if (request.strategy === undefined)
      wrong(['strategy'], 'which strategy is to be tested? one, or several as `strategies`');
    return;
  }
  if (request.strategy !== undefined) wrong(['strategy'], 'either one `strategy` or several `strategies`');
  const misplaced = { params: Object.keys(request.params).length > 0, timeframe: request.timeframe !== undefined };
  for (const [name, isGiven] of Object.entries(misplaced))
    if (isGiven) wrong([name], 'belongs to each of `strategies`');
  const known = new Set(markets.map(({ symbol }) => symbol));
  const ids = new Set<string>();
  strategies.forEach(({ id, symbols = [] }, at) => {
    if (id !== undefined && ids.has(id)) wrong(['strategies', at, 'id'], 'another strategy has this id');
    if (id !== undefined) ids.add(id);
    symbols.forEach((symbol, index) => {
      const path = ['strategies', at, 'symbols', index];
      if (!known.has(symbol)) wrong(path, 'is not among the markets of the run');
      else if (symbols.indexOf(symbol) < index) wrong(path, 'was named before');
    });
  });
  const pairs = strategies.reduce((sum, { symbols }) => sum + (symbols ?? markets).length, 0);
  if (pairs > BACKTEST_MARKETS_MAX)
    wrong(['strategies'], `${pairs} pairs of a strategy and a market are more than ${BACKTEST_MARKETS_MAX}`);
  // Shares as people write them: thirds and tenths add up to 1 but for the last bits.
  const reserved = strategies.reduce((sum, { allocation = 0 }) => sum + allocation, 0);
  if (reserved > 1 + 1e-9) wrong(['strategies'], 'the allocations add up to more than 1');
}
