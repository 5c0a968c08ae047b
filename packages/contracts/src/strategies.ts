import * as z from 'zod';
import { SymbolName, TimeframeName, TimeMs, SignalActionName, ExchangeId } from './candles.js';

// A strategy as rules: the shape that files, REST and forms share. What the words mean is in docs/strategies.md;
// what a sound document must keep beyond its shape is checked by the engine (`checkStrategy`).

const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,39}$/;
const Name = z.string().regex(NAME, 'a name: a letter, then letters, digits or "_", 40 at most');
const PARAM_REFERENCE = /^\$[a-zA-Z][a-zA-Z0-9_]{0,39}$/;
const FEW = 64;

/** A number, or the name of a numeric parameter such as `"$period"`. */
const Amount = z
  .union([z.number(), z.string().regex(PARAM_REFERENCE, 'a number, or a parameter such as "$period"')])
  .meta({ id: 'Amount', description: 'A number, or the name of a numeric parameter such as "$period".' });

export type ExpressionInput =
  | number
  | string
  | { ago: number | string; of: ExpressionInput }
  | { add: ExpressionInput[] }
  | { sub: [ExpressionInput, ExpressionInput] }
  | { mul: ExpressionInput[] }
  | { div: [ExpressionInput, ExpressionInput] }
  | { min: ExpressionInput[] }
  | { max: ExpressionInput[] }
  | { abs: ExpressionInput }
  | { highest: ExpressionInput; over: number | string }
  | { lowest: ExpressionInput; over: number | string }
  | { since: ConditionInput };

export type ConditionInput =
  | string
  | { compare: [ExpressionInput, '<' | '<=' | '>' | '>=' | '==' | '!=', ExpressionInput] }
  | { crossesAbove: [ExpressionInput, ExpressionInput] }
  | { crossesBelow: [ExpressionInput, ExpressionInput] }
  | { rising: ExpressionInput; over: number | string }
  | { falling: ExpressionInput; over: number | string }
  | { between: [ExpressionInput, ExpressionInput, ExpressionInput] }
  | { within: number | string; of: ConditionInput }
  | { during: number | string; of: ConditionInput }
  | { all: ConditionInput[] }
  | { any: ConditionInput[] }
  | { not: ConditionInput }
  | { atLeast: number | string; of: ConditionInput[] }
  | { time: { from?: string | undefined; to?: string | undefined; weekdays?: number[] | undefined } };

/** A number at a candle: constant, candle field, indicator output, `$parameter`, `@fact` of the account, or an operation. */
export const Expression: z.ZodType<ExpressionInput> = z
  .lazy(() =>
    z.union([
      z.number(),
      z.string().min(1).max(82),
      z.strictObject({ ago: Amount, of: Expression }),
      z.strictObject({ add: z.array(Expression).min(2).max(FEW) }),
      z.strictObject({ sub: z.tuple([Expression, Expression]) }),
      z.strictObject({ mul: z.array(Expression).min(2).max(FEW) }),
      z.strictObject({ div: z.tuple([Expression, Expression]) }),
      z.strictObject({ min: z.array(Expression).min(2).max(FEW) }),
      z.strictObject({ max: z.array(Expression).min(2).max(FEW) }),
      z.strictObject({ abs: Expression }),
      z.strictObject({ highest: Expression, over: Amount }),
      z.strictObject({ lowest: Expression, over: Amount }),
      z.strictObject({ since: Condition }),
    ]),
  )
  .meta({
    id: 'Expression',
    description:
      'A number at a candle: a constant, a candle field, an indicator output, a $parameter, a @fact, or an operation.',
  });

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "09:30", UTC');

/** True or false at a candle; a string names one of the document's `conditions`. */
export const Condition: z.ZodType<ConditionInput> = z
  .lazy(() =>
    z.union([
      Name,
      z.strictObject({ compare: z.tuple([Expression, z.enum(['<', '<=', '>', '>=', '==', '!=']), Expression]) }),
      z.strictObject({ crossesAbove: z.tuple([Expression, Expression]) }),
      z.strictObject({ crossesBelow: z.tuple([Expression, Expression]) }),
      z.strictObject({ rising: Expression, over: Amount }),
      z.strictObject({ falling: Expression, over: Amount }),
      z.strictObject({ between: z.tuple([Expression, Expression, Expression]) }),
      z.strictObject({ within: Amount, of: Condition }),
      z.strictObject({ during: Amount, of: Condition }),
      z.strictObject({ all: z.array(Condition).min(1).max(FEW) }),
      z.strictObject({ any: z.array(Condition).min(1).max(FEW) }),
      z.strictObject({ not: Condition }),
      z.strictObject({ atLeast: Amount, of: z.array(Condition).min(1).max(FEW) }),
      z.strictObject({
        time: z.strictObject({
          from: TimeOfDay.optional(),
          to: TimeOfDay.optional(),
          weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
        }),
      }),
    ]),
  )
  .meta({ id: 'Condition', description: 'True or false at a candle; a string names one of the conditions.' });

const title = z.string().min(1).max(80);
/** A declared parameter: form, slider, search space and this schema come from it. */
export const StrategyParam = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    title,
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number().positive(),
    whole: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    title,
    default: z.string(),
    options: z.array(z.string()).min(1).max(FEW),
  }),
  z.strictObject({ kind: z.literal('flag'), title, default: z.boolean() }),
]);

export const IndicatorUse = z.strictObject({
  id: z.string().min(1).max(64),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).optional(),
  timeframe: TimeframeName.optional(),
  symbol: SymbolName.optional(),
});

const ratioLevel = { kind: z.literal('ratio'), ratio: Amount };
const atrLevel = { kind: z.literal('atr'), period: Amount, multiple: Amount };
const pricedOrder = { price: Expression.optional(), offset: Amount.optional(), expiresAfter: Amount.optional() };
export const OrderSpec = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('market') }),
  z.strictObject({ type: z.enum(['limit', 'stop']), ...pricedOrder }),
  z.strictObject({
    type: z.literal('stop-limit'),
    ...pricedOrder,
    limitPrice: Expression.optional(),
    limitOffset: Amount.optional(),
  }),
  z.strictObject({
    type: z.literal('trailing-stop'),
    trail: z.discriminatedUnion('kind', [z.strictObject(ratioLevel), z.strictObject(atrLevel)]),
    expiresAfter: Amount,
  }),
]);

export const StrategyRule = z.strictObject({
  when: Condition,
  label: z.string().min(1).max(80).optional(),
  order: OrderSpec.optional(),
});

export const SizeSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('quote'), amount: Amount }),
  z.strictObject({ kind: z.literal('quantity'), amount: Amount }),
  z.strictObject({ kind: z.literal('equity'), ratio: Amount }),
  z.strictObject({ kind: z.literal('risk'), ratio: Amount }),
  z.strictObject({ kind: z.literal('volatility'), targetRatio: Amount, period: Amount }),
  z.strictObject({ kind: z.literal('kelly'), fraction: Amount, cap: Amount, tradesMin: Amount }),
]);

const priceLevel = { kind: z.literal('price'), price: Expression };
export const LevelSpec = z.discriminatedUnion('kind', [
  z.strictObject(ratioLevel),
  z.strictObject(atrLevel),
  z.strictObject(priceLevel),
]);
const share = { share: Amount.optional() };
export const TargetSpec = z.discriminatedUnion('kind', [
  z.strictObject({ ...ratioLevel, ...share }),
  z.strictObject({ ...atrLevel, ...share }),
  z.strictObject({ ...priceLevel, ...share }),
  z.strictObject({ kind: z.literal('risk'), multiple: Amount, ...share }),
]);
const from = { from: Amount.optional() };
export const TrailSpec = z.discriminatedUnion('kind', [
  z.strictObject({ ...ratioLevel, ...from }),
  z.strictObject({ ...atrLevel, ...from }),
]);

export const Protection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stop-loss-guard'), losses: Amount, within: Amount, pause: Amount }),
  z.strictObject({ kind: z.literal('max-drawdown'), ratio: Amount, within: Amount, pause: Amount }),
  z.strictObject({
    kind: z.literal('low-profit'),
    trades: Amount,
    within: Amount,
    returnRatio: Amount,
    pause: Amount,
  }),
]);

const sides = z.strictObject({ long: StrategyRule.optional(), short: StrategyRule.optional() });

/** A whole strategy as rules. */
export const StrategyDocument = z
  .strictObject({
    kind: z.literal('rules').optional(),
    schema: z.literal(1),
    name: title,
    description: z.string().max(4_000).optional(),
    timeframe: TimeframeName,
    params: z.record(Name, StrategyParam).default({}),
    indicators: z.record(Name, IndicatorUse).default({}),
    conditions: z.record(Name, Condition).default({}),
    entry: sides,
    exit: sides.default({}),
    opposite: z.enum(['ignore', 'close', 'reverse']).optional(),
    size: SizeSpec,
    stopLoss: LevelSpec.optional(),
    takeProfit: z.array(TargetSpec).max(20).optional(),
    trailingStop: TrailSpec.optional(),
    breakEven: z.strictObject({ at: Amount, offset: Amount.optional() }).optional(),
    timeStop: z.strictObject({ candles: Amount }).optional(),
    roi: z
      .array(z.strictObject({ after: Amount, ratio: Amount }))
      .max(20)
      .optional(),
    pyramiding: z
      .strictObject({ entriesMax: Amount, step: Amount.optional(), averageDown: z.boolean().optional() })
      .optional(),
    cooldown: z.strictObject({ candles: Amount.optional(), afterLoss: Amount.optional() }).optional(),
    protections: z.array(Protection).max(20).optional(),
    trade: z.array(SymbolName).min(1).max(20).optional(),
  })
  .meta({ id: 'StrategyDocument', title: 'Wickworks strategy', description: 'A trading strategy as rules, schema 1.' });
export type StrategyDocument = z.infer<typeof StrategyDocument>;
export type StrategyDocumentInput = z.input<typeof StrategyDocument>;

const SOURCE_CHARACTERS_MAX = 200_000;

/** A whole strategy as TypeScript or JavaScript, run in a jail; docs/strategies.md says what it may do. */
export const CodeStrategyDocument = z
  .strictObject({
    kind: z.literal('code'),
    schema: z.literal(1),
    name: title,
    description: z.string().max(4_000).optional(),
    timeframe: TimeframeName,
    source: z.string().min(1).max(SOURCE_CHARACTERS_MAX),
  })
  .meta({
    id: 'CodeStrategyDocument',
    title: 'Wickworks strategy in code',
    description: 'A trading strategy in code.',
  });
export type CodeStrategyDocument = z.infer<typeof CodeStrategyDocument>;

/** A strategy as rules (`kind` may be left out) or in code. */
export const AnyStrategyDocument = z.discriminatedUnion('kind', [StrategyDocument, CodeStrategyDocument]);
export type AnyStrategyDocument = z.infer<typeof AnyStrategyDocument>;
export type AnyStrategyDocumentInput = z.input<typeof AnyStrategyDocument>;

/** True of strategies as rules. */
export const isRules = (document: AnyStrategyDocument): document is StrategyDocument => document.kind !== 'code';

/** The published JSON Schema (2020-12) of strategy files. */
export const strategyJsonSchema = (): Record<string, unknown> => ({
  $id: '/api/v1/schemas/strategy.json',
  ...z.toJSONSchema(StrategyDocument, { target: 'draft-2020-12', io: 'input' }),
});

/** One thing that is wrong with a document. */
export const StrategyIssue = z.object({
  path: z.string(),
  message: z.string(),
  /** Place in the source of a strategy in code, counted from 1. */
  line: z.int().optional(),
  column: z.int().optional(),
});
export type StrategyIssue = z.infer<typeof StrategyIssue>;

/** One finding of the bias proof. */
export const BiasCheck = z.object({
  kind: z.enum(['look-ahead', 'warm-up']),
  passed: z.boolean(),
  /** Indicator or rule at fault. */
  culprit: z.string().nullable(),
  timeMs: TimeMs.nullable(),
  detail: z.string(),
  /** Of several strategies on one account, the one that was looked at. */
  strategyId: z.string().optional(),
});
export type BiasCheck = z.infer<typeof BiasCheck>;

/** The candles that a strategy was proved over. */
export const ProofData = z.object({
  exchange: ExchangeId,
  symbols: z.array(SymbolName).min(1),
  timeframe: TimeframeName,
  candles: z.int().nonnegative(),
  fromMs: TimeMs,
  toMs: TimeMs,
});
export type ProofData = z.infer<typeof ProofData>;

/**
 * `GET /strategies/:id/proof`: whether a version looks ahead or warms up too briefly. `none`: never asked for;
 * `no-data`: too few candles are stored; `error`: it could not be run over them.
 */
export const StrategyProofView = z.object({
  strategyId: z.string(),
  version: z.int().positive(),
  state: z.enum(['none', 'queued', 'running', 'passed', 'failed', 'no-data', 'error', 'cancelled']),
  /** The job that makes it; it tells its news on `/ws/events`. */
  jobId: z.string().nullable(),
  /** The first indicator or rule at fault. */
  culprit: z.string().nullable(),
  detail: z.string(),
  data: ProofData.nullable(),
  checks: z.array(BiasCheck),
  updatedMs: TimeMs,
});
export type StrategyProofView = z.infer<typeof StrategyProofView>;

/** Where a strategy is running for its signals. */
export const StrategyMarket = z.object({ exchange: ExchangeId, symbol: SymbolName });
export type StrategyMarket = z.infer<typeof StrategyMarket>;

/** Where it runs now, and whether it is up to date there. */
export const RunningMarket = StrategyMarket.extend({
  /**
   * A market it reads whose candles are late: closed candles of this one are held back until they are there, so that
   * nothing old is taken for current. `sinceMs` is the close of the first one held back; `null`: it is up to date.
   */
  waitsFor: z.object({ symbol: SymbolName, sinceMs: TimeMs }).nullable().default(null),
});
export type RunningMarket = z.infer<typeof RunningMarket>;

/** `GET /strategies/:id` and item of `GET /strategies`. */
export const StrategyView = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int().positive(),
  document: AnyStrategyDocument,
  createdMs: TimeMs,
  updatedMs: TimeMs,
  /** Markets on which it runs for its signals now; empty: stopped. */
  running: z.array(RunningMarket),
  /** Why it stopped by itself, or `null`. */
  fault: z.string().nullable(),
});
export type StrategyView = z.infer<typeof StrategyView>;

/** `GET /strategies/:id/versions` item: every version ever saved. */
export const StrategyVersionView = z.object({
  version: z.int().positive(),
  document: AnyStrategyDocument,
  savedMs: TimeMs,
});
export type StrategyVersionView = z.infer<typeof StrategyVersionView>;

/** Body of `POST /strategies` and `PUT /strategies/:id`. */
export const StrategyInput = z.strictObject({ document: AnyStrategyDocument });
export type StrategyInput = z.infer<typeof StrategyInput>;

/** Answer of `POST /strategies/validate` and `POST /strategies/:id/validate`. */
export const StrategyValidation = z.object({ valid: z.boolean(), issues: z.array(StrategyIssue) });
export type StrategyValidation = z.infer<typeof StrategyValidation>;

/** Body of `POST /strategies/:id/start`. */
export const StrategyStart = z.strictObject({
  markets: z.array(z.strictObject(StrategyMarket.shape)).min(1).max(20),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
});
export type StrategyStart = z.infer<typeof StrategyStart>;

/** `GET /strategies/:id/signals` item. */
export const SignalView = z.object({
  strategyId: z.string(),
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: TimeframeName,
  /** Open time of the closed candle that made it. */
  openTimeMs: TimeMs,
  action: SignalActionName,
  /** Close of that candle. */
  price: z.number(),
  reason: z.string(),
});
export type SignalView = z.infer<typeof SignalView>;

/** `GET /strategies/examples` item. */
export const StrategyExample = z.object({ id: z.string(), document: StrategyDocument });
export type StrategyExample = z.infer<typeof StrategyExample>;
