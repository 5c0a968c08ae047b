import { nearest, TIMEFRAMES, tiles } from '@wickworks/core';
import { indicators, findIndicator, parseParams } from '../indicators/registry.js';
import type { ParamSpec, ParamValue } from '../indicators/params.js';
import type {
  Amount,
  Condition,
  DistanceSpec,
  Expression,
  IndicatorUse,
  LevelSpec,
  OrderSpec,
  StrategyDocument,
  StrategyIssue,
  TargetSpec,
} from './document.js';
import { FACTS, FIELDS, parseReference } from './reference.js';
import { FactFinder, partsOfCondition, partsOfExpression } from './walk.js';

/** Longest look back, in candles. */
const LOOK_BACK_MAX = 100_000;
const LOOKS_BACK = [
  'ago',
  'highest',
  'lowest',
  'since',
  'crossesAbove',
  'crossesBelow',
  'rising',
  'falling',
  'within',
  'during',
];

/** What an amount must be. */
interface Range {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  /** `min` itself is too small. */
  readonly isOpen?: boolean;
}
const POSITIVE: Range = { min: 0, max: Infinity, isOpen: true };
const NOT_NEGATIVE: Range = { min: 0, max: Infinity };
const SHARE: Range = { min: 0, max: 1, isOpen: true };
const OFFSET: Range = { min: 0, max: 0.99 };
const COUNT: Range = { min: 1, max: LOOK_BACK_MAX, isWhole: true };
const COUNT_OR_NONE: Range = { min: 0, max: LOOK_BACK_MAX, isWhole: true };

/** Everything that is wrong with a document of the right shape, each with its path; empty when it can be compiled. */
export function checkStrategy(document: StrategyDocument): readonly StrategyIssue[] {
  return new Checker(document).check();
}

class Checker {
  readonly #document: StrategyDocument;
  readonly #facts: FactFinder;
  readonly #issues: StrategyIssue[] = [];

  constructor(document: StrategyDocument) {
    this.#document = document;
    this.#facts = new FactFinder(document.conditions);
  }

  check(): readonly StrategyIssue[] {
    const { params, conditions, entry, exit } = this.#document;
    for (const [name, spec] of Object.entries(params)) this.#param(`params.${name}`, spec);
    for (const [name, use] of Object.entries(this.#document.indicators)) this.#indicator(name, use);
    this.#cycles();
    for (const [name, condition] of Object.entries(conditions)) this.#condition(`conditions.${name}`, condition);
    for (const [side, rules] of [
      ['entry', entry],
      ['exit', exit],
    ] as const)
      for (const direction of ['long', 'short'] as const) {
        const rule = rules[direction];
        if (!rule) continue;
        this.#condition(`${side}.${direction}.when`, rule.when);
        if (rule.order) this.#order(`${side}.${direction}.order`, rule.order);
      }
    if (!entry.long && !entry.short) this.#say('entry', 'needs a rule for long, short or both');
    this.#size();
    this.#exits();
    this.#pauses();
    return this.#issues;
  }

  #say(path: string, message: string): void {
    this.#issues.push({ path, message });
  }

  #param(path: string, spec: StrategyDocument['params'][string]): void {
    if (spec.kind === 'number') {
      if (!(spec.min <= spec.max)) this.#say(`${path}.max`, 'must not be below min');
      else if (!(spec.default >= spec.min && spec.default <= spec.max))
        this.#say(`${path}.default`, `must lie between ${spec.min} and ${spec.max}`);
      if (spec.whole && ![spec.min, spec.max, spec.default].every(Number.isInteger))
        this.#say(path, 'a whole parameter has whole limits and a whole default');
    } else if (spec.kind === 'choice' && !spec.options.includes(spec.default))
      this.#say(`${path}.default`, `must be one of ${spec.options.join(', ')}`);
  }

  #indicator(name: string, use: IndicatorUse): void {
    const path = `indicators.${name}`;
    if ((FIELDS as readonly string[]).includes(name))
      this.#say(path, `"${name}" is a candle field; choose another name`);
    const { timeframe } = this.#document;
    if (use.timeframe !== undefined && use.timeframe !== timeframe && !tiles(timeframe, use.timeframe)) {
      const fitting = TIMEFRAMES.filter((longer) => longer !== timeframe && tiles(timeframe, longer)).join(', ');
      this.#say(`${path}.timeframe`, `must be ${timeframe} or a longer one it divides: ${fitting}`);
    }
    const definition = findIndicator(use.id);
    if (!definition) {
      const near = nearest(use.id, [...indicators.keys()]);
      this.#say(`${path}.id`, `there is no indicator "${use.id}"${near === null ? '' : `; did you mean "${near}"?`}`);
      return;
    }
    const values: Record<string, ParamValue> = {};
    let isSound = true;
    for (const [field, value] of Object.entries(use.params ?? {})) {
      const spec =
        typeof value === 'string' && value.startsWith('$') ? this.#document.params[value.slice(1)] : undefined;
      if (typeof value === 'string' && value.startsWith('$') && !spec) {
        isSound = false;
        this.#say(`${path}.params.${field}`, `there is no parameter "${value}"`);
      }
      const fault = spec ? narrowFault(spec, definition.params[field]) : null;
      if (fault !== null) this.#say(`${path}.params.${field}`, fault);
      values[field] = spec ? spec.default : value;
    }
    const parsed = parseParams(definition, values);
    if (isSound && !parsed.ok)
      for (const { field, message } of parsed.error) this.#say(`${path}.params.${field}`, message);
  }

  #amount(path: string, amount: Amount, range: Range): void {
    const { min, max, isWhole = false, isOpen = false } = range;
    const wanted = `must be ${isWhole ? 'a whole number' : 'a number'} ${isOpen ? 'above' : 'of at least'} ${min}${max === Infinity ? '' : `, at most ${max}`}`;
    const fits = (value: number): boolean =>
      (isOpen ? value > min : value >= min) && value <= max && (!isWhole || Number.isInteger(value));
    if (typeof amount === 'number') {
      if (!fits(amount)) this.#say(path, wanted);
      return;
    }
    const spec = this.#document.params[amount.slice(1)];
    if (spec?.kind !== 'number')
      this.#say(path, spec ? `parameter "${amount}" is no number` : `there is no parameter "${amount}"`);
    else if (!fits(spec.min) || !fits(spec.max) || (isWhole && !spec.whole))
      this.#say(path, `the whole range of parameter "${amount}" ${wanted.replace('must be', 'must consist of')}`);
  }

  /** Conditions that need themselves. */
  #cycles(): void {
    const { conditions } = this.#document;
    const state = new Map<string, 'open' | 'done'>();
    const visit = (name: string, trail: readonly string[]): void => {
      const condition = conditions[name];
      if (condition === undefined || state.get(name) === 'done') return;
      if (state.get(name) === 'open') {
        const circle = [...trail.slice(trail.indexOf(name)), name].join(' → ');
        this.#say(`conditions.${name}`, `needs itself: ${circle}`);
        return;
      }
      state.set(name, 'open');
      for (const used of namesIn(condition)) visit(used, [...trail, name]);
      state.set(name, 'done');
    };
    for (const name of Object.keys(conditions)) visit(name, []);
  }

  #condition(path: string, node: Condition): void {
    if (typeof node === 'string') {
      if (this.#document.conditions[node] === undefined) {
        const near = nearest(node, Object.keys(this.#document.conditions));
        this.#say(path, `there is no condition "${node}"${near === null ? '' : `; did you mean "${near}"?`}`);
      }
      return;
    }
    this.#lookingBack(path, node, this.#facts.inCondition(node));
    if ('time' in node && node.time.from === undefined && node.time.to === undefined && !node.time.weekdays)
      this.#say(`${path}.time`, 'needs from, to or weekdays');
    const parts = partsOfCondition(node);
    for (const [part, expression] of parts.expressions) this.#expression(`${path}.${part}`, expression);
    for (const [part, condition] of parts.conditions) this.#condition(`${path}.${part}`, condition);
    for (const [part, amount] of parts.amounts)
      this.#amount(`${path}.${part}`, amount, part === 'atLeast' ? { ...COUNT, max: parts.conditions.length } : COUNT);
  }

  #expression(path: string, node: Expression): void {
    if (typeof node === 'number') {
      if (!Number.isFinite(node)) this.#say(path, 'must be a finite number');
      return;
    }
    if (typeof node === 'string') {
      this.#reference(path, node);
      return;
    }
    this.#lookingBack(path, node, this.#facts.inExpression(node));
    const parts = partsOfExpression(node);
    for (const [part, expression] of parts.expressions) this.#expression(`${path}.${part}`, expression);
    for (const [part, condition] of parts.conditions) this.#condition(`${path}.${part}`, condition);
    for (const [part, amount] of parts.amounts)
      this.#amount(`${path}.${part}`, amount, part === 'ago' ? COUNT_OR_NONE : COUNT);
  }

  /** The account's past is not kept: what looks back may not ask for it. */
  #lookingBack(path: string, node: object, hasFacts: boolean): void {
    const key = LOOKS_BACK.find((word) => word in node);
    if (key !== undefined && hasFacts)
      this.#say(path, `"${key}" looks back, but facts of the account (@…) are known for the present only`);
  }

  #reference(path: string, text: string): void {
    const reference = parseReference(text);
    if (!reference) {
      this.#say(path, `there is no fact "${text}"; known: ${FACTS.map((fact) => `@${fact}`).join(', ')}`);
      return;
    }
    if (reference.kind === 'param') {
      const spec = this.#document.params[reference.name];
      if (spec?.kind !== 'number')
        this.#say(path, spec ? `parameter "${text}" is no number` : `there is no parameter "${text}"`);
    } else if (reference.kind === 'indicator') {
      const use = this.#document.indicators[reference.name];
      if (!use) {
        const known = [...FIELDS, ...Object.keys(this.#document.indicators)];
        const near = nearest(reference.name, known);
        this.#say(
          path,
          `"${reference.name}" is neither a candle field nor a declared indicator${near === null ? '' : `; did you mean "${near}"?`}`,
        );
        return;
      }
      const outputs = Object.keys(findIndicator(use.id)?.outputs ?? {});
      if (reference.output !== null && outputs.length > 0 && !outputs.includes(reference.output))
        this.#say(path, `"${use.id}" has no output "${reference.output}"; it has ${outputs.join(', ')}`);
    }
  }

  #order(path: string, order: OrderSpec): void {
    if (order.type === 'market') return;
    if (order.expiresAfter !== undefined) this.#amount(`${path}.expiresAfter`, order.expiresAfter, COUNT);
    if (order.type === 'trailing-stop') {
      this.#distance(`${path}.trail`, order.trail);
      return;
    }
    if ((order.price === undefined) === (order.offset === undefined))
      this.#say(path, `a ${order.type} order needs either price or offset`);
    if (order.price !== undefined) this.#expression(`${path}.price`, order.price);
    if (order.offset !== undefined) this.#amount(`${path}.offset`, order.offset, OFFSET);
    if (order.type !== 'stop-limit') return;
    if ((order.limitPrice === undefined) === (order.limitOffset === undefined))
      this.#say(path, 'a stop-limit order needs either limitPrice or limitOffset');
    if (order.limitPrice !== undefined) this.#expression(`${path}.limitPrice`, order.limitPrice);
    if (order.limitOffset !== undefined) this.#amount(`${path}.limitOffset`, order.limitOffset, OFFSET);
  }

  /** How far a trailing stop stays behind. */
  #distance(path: string, distance: DistanceSpec): void {
    if (distance.kind === 'ratio') this.#amount(`${path}.ratio`, distance.ratio, { ...SHARE, max: 0.99 });
    else {
      this.#amount(`${path}.period`, distance.period, COUNT);
      this.#amount(`${path}.multiple`, distance.multiple, POSITIVE);
    }
  }

  #size(): void {
    const { size, stopLoss } = this.#document;
    switch (size.kind) {
      case 'quote':
      case 'quantity':
        this.#amount('size.amount', size.amount, POSITIVE);
        return;
      case 'equity':
        this.#amount('size.ratio', size.ratio, { ...POSITIVE, max: 200 });
        return;
      case 'risk':
        this.#amount('size.ratio', size.ratio, SHARE);
        if (!stopLoss) this.#say('size', 'risk per trade needs a stopLoss to measure it by');
        return;
      case 'volatility':
        this.#amount('size.targetRatio', size.targetRatio, { ...POSITIVE, max: 10 });
        this.#amount('size.period', size.period, { ...COUNT, min: 2 });
        return;
      case 'kelly':
        this.#amount('size.fraction', size.fraction, SHARE);
        this.#amount('size.cap', size.cap, SHARE);
        this.#amount('size.tradesMin', size.tradesMin, COUNT_OR_NONE);
    }
  }

  #exits(): void {
    const { stopLoss, takeProfit, trailingStop, breakEven, timeStop, roi, exit, entry, opposite } = this.#document;
    if (stopLoss) this.#level('stopLoss', stopLoss);
    if (stopLoss?.kind === 'price' && [entry.long, entry.short].some((rule) => rule?.order?.type === 'trailing-stop'))
      this.#say('stopLoss', 'a trailing entry may fill beyond any price known before: stop by ratio or atr');
    takeProfit?.forEach((target, index) => {
      this.#target(`takeProfit.${index}`, target);
    });
    const shares = (takeProfit ?? []).reduce((sum, { share }) => sum + (typeof share === 'number' ? share : 0), 0);
    if (shares > 1 + 1e-9) this.#say('takeProfit', 'the shares of all targets must not exceed 1');
    if (trailingStop) {
      this.#distance('trailingStop', trailingStop);
      if (trailingStop.from !== undefined) this.#amount('trailingStop.from', trailingStop.from, NOT_NEGATIVE);
    }
    if (breakEven) {
      this.#amount('breakEven.at', breakEven.at, POSITIVE);
      if (breakEven.offset !== undefined) this.#amount('breakEven.offset', breakEven.offset, NOT_NEGATIVE);
    }
    if (timeStop) this.#amount('timeStop.candles', timeStop.candles, COUNT);
    roi?.forEach(({ after, ratio }, index) => {
      this.#amount(`roi.${index}.after`, after, COUNT_OR_NONE);
      this.#amount(`roi.${index}.ratio`, ratio, { min: -1, max: Infinity });
    });
    for (const direction of ['long', 'short'] as const) {
      const turns = entry[direction === 'long' ? 'short' : 'long'] !== undefined && opposite !== 'ignore';
      const ends = exit[direction] ?? stopLoss ?? trailingStop ?? timeStop ?? takeProfit?.[0] ?? roi?.[0];
      if (entry[direction] && !ends && !turns)
        this.#say(
          `exit.${direction}`,
          `nothing ever closes a ${direction} position: add an exit rule, a stop or a target`,
        );
    }
  }

  #level(path: string, level: LevelSpec): void {
    if (level.kind === 'ratio')
      this.#amount(`${path}.ratio`, level.ratio, { ...POSITIVE, max: path === 'stopLoss' ? 0.99 : 100 });
    else if (level.kind === 'atr') {
      this.#amount(`${path}.period`, level.period, COUNT);
      this.#amount(`${path}.multiple`, level.multiple, POSITIVE);
    } else this.#expression(`${path}.price`, level.price);
  }

  #target(path: string, target: TargetSpec): void {
    if (target.kind === 'risk') {
      this.#amount(`${path}.multiple`, target.multiple, POSITIVE);
      if (!this.#document.stopLoss) this.#say(path, 'a multiple of the risk needs a stopLoss to measure it by');
    } else this.#level(path, target);
    if (target.share !== undefined) this.#amount(`${path}.share`, target.share, SHARE);
  }

  #pauses(): void {
    const { pyramiding, cooldown, protections } = this.#document;
    if (pyramiding) {
      this.#amount('pyramiding.entriesMax', pyramiding.entriesMax, { ...COUNT, max: 1_000 });
      if (pyramiding.step !== undefined) this.#amount('pyramiding.step', pyramiding.step, NOT_NEGATIVE);
    }
    if (cooldown?.candles !== undefined) this.#amount('cooldown.candles', cooldown.candles, COUNT_OR_NONE);
    if (cooldown?.afterLoss !== undefined) this.#amount('cooldown.afterLoss', cooldown.afterLoss, COUNT_OR_NONE);
    protections?.forEach((protection, index) => {
      const path = `protections.${index}`;
      this.#amount(`${path}.within`, protection.within, COUNT);
      this.#amount(`${path}.pause`, protection.pause, COUNT);
      if (protection.kind === 'stop-loss-guard') this.#amount(`${path}.losses`, protection.losses, COUNT);
      else if (protection.kind === 'max-drawdown') this.#amount(`${path}.ratio`, protection.ratio, SHARE);
      else {
        this.#amount(`${path}.trades`, protection.trades, COUNT);
        this.#amount(`${path}.returnRatio`, protection.returnRatio, { min: -100, max: 100 });
      }
    });
  }
}

/** Names of conditions that a condition uses directly. */
function namesIn(node: Condition): string[] {
  if (typeof node === 'string') return [node];
  const { expressions, conditions } = partsOfCondition(node);
  const inExpression = (expression: Expression): string[] => {
    const parts = partsOfExpression(expression);
    return [
      ...parts.expressions.flatMap(([, part]) => inExpression(part)),
      ...parts.conditions.flatMap(([, part]) => namesIn(part)),
    ];
  };
  return [...expressions.flatMap(([, part]) => inExpression(part)), ...conditions.flatMap(([, part]) => namesIn(part))];
}

/** Why not every value of a strategy's parameter can be given to an indicator's; `null` when it can. */
function narrowFault(given: ParamSpec, wanted: ParamSpec | undefined): string | null {
  if (!wanted) return null;
  if (wanted.kind === 'number')
    return given.kind !== 'number'
      ? 'needs a numeric parameter'
      : given.min < wanted.min || given.max > wanted.max
        ? `takes ${wanted.min} to ${wanted.max}; the parameter goes from ${given.min} to ${given.max}`
        : wanted.whole && !given.whole
          ? 'takes whole numbers; declare the parameter as whole'
          : null;
  if (wanted.kind === 'flag') return given.kind === 'flag' ? null : 'needs a yes-or-no parameter';
  const options: readonly string[] = wanted.options;
  return given.kind === 'choice' && given.options.every((option) => options.includes(option))
    ? null
    : `needs a choice among ${options.join(', ')}`;
}
