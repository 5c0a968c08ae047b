import { assert, Candles, err, ok, timeframeMs, type Result, type Timeframe } from '@wickworks/core';
import { warmup } from '../indicators/calculate.js';
import type { IndicatorDefinition } from '../indicators/define.js';
import { Graph, type Series } from '../indicators/kernel/graph.js';
import type { ParamValues } from '../indicators/params.js';
import { findIndicator, parseParams } from '../indicators/registry.js';
import type { StrategyDefinition, StrategySetup } from '../runner/strategy.js';
import { checkStrategy } from './check.js';
import { CompiledRules } from './compile-rules.js';
import type { Amount, Expression, OrderSpec, StrategyDocument, StrategyIssue } from './document.js';
import { InterpretedRules } from './interpret-rules.js';
import { RuleStrategy, type MarketRules } from './rule-strategy.js';
import { Scope } from './scope.js';

const YEAR_MS = 365 * 86_400_000;
const MONTH_MS = YEAR_MS / 12;

/** How rules are read: as columns, or word by word (the measure for the columns). */
type Reading = 'compiled' | 'interpreted';

/**
 * The strategy a document describes, its rules compiled to loops over columns; or everything that is wrong with the
 * document. Nothing is interpreted per candle.
 */
export const compileStrategy = (document: StrategyDocument): Result<StrategyDefinition, readonly StrategyIssue[]> =>
  define(document, 'compiled');

/** The same strategy, every rule read anew at each candle: slow, for checking the compiler. */
export const interpretStrategy = (document: StrategyDocument): Result<StrategyDefinition, readonly StrategyIssue[]> =>
  define(document, 'interpreted');

function define(document: StrategyDocument, reading: Reading): Result<StrategyDefinition, readonly StrategyIssue[]> {
  const issues = checkStrategy(document);
  if (issues.length > 0) return err(issues);
  return ok({
    id: slugOf(document.name),
    title: document.name,
    params: document.params,
    timeframe: document.timeframe,
    needs: needsOf(document),
    warmup: (params) => warmupOf(document, params),
    create: (setup, params) =>
      new RuleStrategy(document, setup.symbols, (symbol) => rulesOf({ document, params, symbol, setup, reading })),
  });
}

/** Markets named in the document. */
const needsOf = ({ indicators, trade = [] }: StrategyDocument): NonNullable<StrategyDefinition['needs']> => [
  ...Object.entries(indicators).flatMap(([name, { symbol }]) =>
    symbol === undefined ? [] : [{ symbol, path: `indicators.${name}.symbol` }],
  ),
  ...trade.map((symbol, index) => ({ symbol, path: `trade.${index}` })),
];

/** Lower-case words joined by hyphens. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'strategy';

/** Candles of the strategy's timeframe before every rule is known. */
function warmupOf(document: StrategyDocument, params: ParamValues): number {
  const none = new Candles(1);
  const setup: StrategySetup = {
    symbols: [''],
    candles: () => none,
    graph: () => new Graph(none),
    indicator: (_symbol, definition, values, options) => {
      if (options && options.timeframe !== options.base) {
        // Whole longer candles, the first of which may have begun before the data.
        const candles = warmup(definition, values) + 2;
        return begun(definition, Math.ceil((candles * widthOf(options.timeframe)) / widthOf(options.base)));
      }
      return definition.create(new Graph(none), values);
    },
  };
  const rules = rulesOf({ document, params, symbol: '', setup, reading: 'compiled' });
  // Laying out a trader asks for every rule there is.
  new RuleStrategy({ ...document, trade: undefined }, [''], () => rules);
  return rules.warmup();
}

const begun = (definition: IndicatorDefinition, begin: number): Readonly<Record<string, Series>> =>
  Object.fromEntries(Object.keys(definition.outputs).map((name) => [name, { values: new Float64Array(0), begin }]));

const widthOf = (timeframe: Timeframe): number => (timeframe === '1M' ? MONTH_MS : timeframeMs(timeframe));

interface RulesInput {
  readonly document: StrategyDocument;
  readonly params: ParamValues;
  readonly symbol: string;
  readonly setup: StrategySetup;
  readonly reading: Reading;
}

/** The rules of one market over the candles of a session. */
function rulesOf({ document, params, symbol, setup, reading }: RulesInput): MarketRules & { warmup(): number } {
  const candles = setup.candles(symbol);
  const named = new Map(
    Object.entries(document.indicators).map(([name, use]) => [
      name,
      outputsOf({ name, use, document, params, symbol, setup }),
    ]),
  );
  const scope = new Scope({ conditions: document.conditions, params, indicators: named });
  const amount = (value: Amount): number => scope.amount(value);
  const graph = setup.graph(symbol);
  const compiled = new CompiledRules(graph, scope);
  const reader = reading === 'compiled' ? compiled : new InterpretedRules(candles, scope);
  const own = (id: string, values: Record<string, number>, name: string): Series => {
    const definition = findIndicator(id);
    assert(definition, `indicator ${id} exists`);
    const parsed = parseParams(definition, values);
    assert(parsed.ok, `parameters of ${id} were checked`);
    const base = document.timeframe;
    const [series] = Object.values(setup.indicator(symbol, definition, parsed.value, { name, base, timeframe: base }));
    return series!;
  };
  const ranges = new Map<number, Series>();
  for (const period of atrPeriods(document, amount)) ranges.set(period, own('atr', { period }, `atr(${period})`));
  const { size } = document;
  const perYear = YEAR_MS / widthOf(document.timeframe);
  const volatility =
    size.kind === 'volatility'
      ? own('realised-volatility', { period: amount(size.period), perYear }, `volatility(${amount(size.period)})`)
      : null;
  // Laid out before the first candle: a column that comes later has missed those before it.
  const prices = new Map(
    pricesOf(document).map((price) => {
      if (reading === 'interpreted') compiled.number(price);
      return [price, reader.number(price)];
    }),
  );
  let done = 0;
  return {
    price: (expression) => {
      const price = prices.get(expression);
      assert(price, 'every price of the document is laid out');
      return price;
    },
    truth: (condition) => {
      // Compiled in any case: that is what knows the warm-up.
      if (reading === 'interpreted') compiled.truth(condition);
      return reader.truth(condition);
    },
    flags: (condition) => (reading === 'compiled' ? compiled.flags(condition) : null),
    needsFacts: (condition) => scope.facts.inCondition(condition),
    amount,
    atr: (period, index) => ranges.get(period)?.values[index] ?? NaN,
    volatility: (index) => (volatility ? volatility.values[index]! / 100 : NaN),
    append: () => {
      const { length } = candles;
      if (reading === 'interpreted' || length === done) return;
      graph.run(done, length);
      done = length;
    },
    // No getter: an object with one that is made anew for each run is slow in all it has.
    warmup: () => {
      const extra = [...ranges.values(), ...(volatility ? [volatility] : [])].map(({ begin }) => begin);
      const used = [...named.values()].flatMap((outputs) => Object.values(outputs).map(({ begin }) => begin));
      return Math.max(0, compiled.warmup, ...extra, ...used);
    },
  };
}

function outputsOf(input: {
  name: string;
  use: StrategyDocument['indicators'][string];
  document: StrategyDocument;
  params: ParamValues;
  symbol: string;
  setup: StrategySetup;
}): Readonly<Record<string, Series>> {
  const { name, use, document, params, symbol, setup } = input;
  const definition = findIndicator(use.id);
  assert(definition, `indicator ${use.id} was checked to exist`);
  const values = Object.fromEntries(
    Object.entries(use.params ?? {}).map(([field, value]) => [
      field,
      typeof value === 'string' && value.startsWith('$') ? params[value.slice(1)] : value,
    ]),
  );
  const parsed = parseParams(definition, values);
  assert(parsed.ok, `parameters of ${name} were checked`);
  const from = use.symbol ?? symbol;
  return setup.indicator(symbol, definition, parsed.value, {
    name,
    base: document.timeframe,
    timeframe: use.timeframe ?? document.timeframe,
    ...(from !== symbol ? { from } : {}),
  });
}

/** Every expression in the document that is a price of an order, a stop or a target. */
function pricesOf({ entry, exit, stopLoss, takeProfit = [] }: StrategyDocument): readonly Expression[] {
  const ofOrder = (order: OrderSpec | undefined): readonly (Expression | undefined)[] => {
    if (!order || order.type === 'market' || order.type === 'trailing-stop') return [];
    return order.type === 'stop-limit' ? [order.price, order.limitPrice] : [order.price];
  };
  const orders = [entry.long, entry.short, exit.long, exit.short].flatMap((rule) => ofOrder(rule?.order));
  const levels = [stopLoss, ...takeProfit].map((level) => (level?.kind === 'price' ? level.price : undefined));
  return [...orders, ...levels].filter((price) => price !== undefined);
}

/** Periods of the average true ranges that stops, targets, trails and trailing orders are measured by. */
function atrPeriods(document: StrategyDocument, amount: (value: Amount) => number): Set<number> {
  const { stopLoss, trailingStop, takeProfit = [], entry, exit } = document;
  const orders = [entry.long, entry.short, exit.long, exit.short].map((rule) => rule?.order);
  const trails = orders.map((order) => (order?.type === 'trailing-stop' ? order.trail : undefined));
  const specs = [stopLoss, trailingStop, ...takeProfit, ...trails];
  return new Set(specs.flatMap((spec) => (spec?.kind === 'atr' ? [amount(spec.period)] : [])));
}
