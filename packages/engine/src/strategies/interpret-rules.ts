import { assert, type CandleColumns } from '@wickworks/core';
import type { Condition, Expression } from './document.js';
import { compareNumbers, type LiveNumber, type LiveTruth } from './compile-rules.js';
import { parseReference, type FieldName } from './reference.js';
import type { Facts, Scope } from './scope.js';
import { isInWindow, minuteOfWeek } from './time-window.js';

/**
 * Rules read word by word at every candle, the plainest way: slow, and the measure for {@link CompiledRules}. A part
 * that is not known yet (its warm-up is not over) makes the whole unknown: `null`, which is neither true nor false.
 */
export class InterpretedRules {
  readonly #candles: CandleColumns;
  readonly #scope: Scope;
  readonly #numbers = new Memory<number | null>();
  readonly #truths = new Memory<boolean | null>();

  constructor(candles: CandleColumns, scope: Scope) {
    this.#candles = candles;
    this.#scope = scope;
  }

  number(node: Expression): LiveNumber {
    return (index, facts) => this.#number(node, index, facts) ?? NaN;
  }

  truth(node: Condition): LiveTruth {
    return (index, facts) => this.#truth(node, index, facts) === true;
  }

  #number(node: Expression, index: number, facts: Facts): number | null {
    if (index < 0) return null;
    if (typeof node === 'number') return node;
    if (typeof node === 'string') return this.#reference(node, index, facts);
    if (this.#scope.facts.inExpression(node)) return this.#readNumber(node, index, facts);
    return this.#numbers.recall(node, index, () => this.#readNumber(node, index, facts));
  }

  #readNumber(node: Exclude<Expression, number | string>, index: number, facts: Facts): number | null {
    const join = (list: readonly Expression[], of: (a: number, b: number) => number): number | null => {
      const values = list.map((item) => this.#number(item, index, facts));
      return values.reduce((a, b) => (a === null || b === null ? null : of(a, b)));
    };
    const window = (input: Expression, over: number | string): (number | null)[] =>
      Array.from({ length: this.#scope.amount(over) }, (_, age) => this.#number(input, index - age, facts));
    if ('ago' in node) return this.#number(node.of, index - this.#scope.amount(node.ago), facts);
    if ('add' in node) return join(node.add, (a, b) => a + b);
    if ('sub' in node) return join(node.sub, (a, b) => a - b);
    if ('mul' in node) return join(node.mul, (a, b) => a * b);
    if ('div' in node) return join(node.div, (a, b) => a / b);
    if ('min' in node) return join(node.min, Math.min);
    if ('max' in node) return join(node.max, Math.max);
    if ('abs' in node) {
      const value = this.#number(node.abs, index, facts);
      return value === null ? null : Math.abs(value);
    }
    if ('highest' in node) return extreme(window(node.highest, node.over), (a, b) => a > b, -Infinity);
    if ('lowest' in node) return extreme(window(node.lowest, node.over), (a, b) => a < b, Infinity);
    if (this.#truth(node.since, index, facts) === null) return null;
    for (let age = 0; index - age >= 0; age++) if (this.#truth(node.since, index - age, facts) === true) return age;
    return NaN;
  }

  #truth(node: Condition, index: number, facts: Facts): boolean | null {
    if (index < 0) return null;
    if (typeof node === 'string') {
      const named = this.#scope.conditions[node];
      assert(named !== undefined, `condition ${node} was checked to be declared`);
      return this.#truth(named, index, facts);
    }
    if (this.#scope.facts.inCondition(node)) return this.#readTruth(node, index, facts);
    return this.#truths.recall(node, index, () => this.#readTruth(node, index, facts));
  }

  #readTruth(node: Exclude<Condition, string>, index: number, facts: Facts): boolean | null {
    const at = (expression: Expression, age = 0): number | null => this.#number(expression, index - age, facts);
    const all = (list: readonly Condition[]): (boolean | null)[] => list.map((item) => this.#truth(item, index, facts));
    if ('compare' in node) {
      const [left, comparison, right] = node.compare;
      const [a, b] = [at(left), at(right)];
      return a === null || b === null ? null : compareNumbers(a, comparison, b);
    }
    if ('crossesAbove' in node) return crossed(node.crossesAbove.map((side) => [at(side), at(side, 1)] as const));
    if ('crossesBelow' in node)
      return crossed(node.crossesBelow.toReversed().map((side) => [at(side), at(side, 1)] as const));
    if ('rising' in node) return this.#beyond(node.rising, node.over, index, (now, before) => now > before);
    if ('falling' in node) return this.#beyond(node.falling, node.over, index, (now, before) => now < before);
    if ('between' in node) {
      const [x, low, high] = [at(node.between[0]), at(node.between[1]), at(node.between[2])];
      if (x === null || low === null || high === null) return null;
      return x >= low && x <= high;
    }
    if ('within' in node) {
      if (this.#truth(node.of, index, facts) === null) return null;
      const ages = Array.from({ length: this.#scope.amount(node.within) }, (_, age) => age);
      return ages.some((age) => this.#truth(node.of, index - age, facts) === true);
    }
    if ('during' in node) {
      const ages = Array.from({ length: this.#scope.amount(node.during) }, (_, age) => age);
      const truths = ages.map((age) => this.#truth(node.of, index - age, facts));
      return truths.includes(null) ? null : truths.every((truth) => truth === true);
    }
    if ('all' in node) return atLeast(all(node.all), node.all.length);
    if ('any' in node) return atLeast(all(node.any), 1);
    if ('not' in node) {
      const truth = this.#truth(node.not, index, facts);
      return truth === null ? null : !truth;
    }
    if ('atLeast' in node) return atLeast(all(node.of), this.#scope.amount(node.atLeast));
    return isInWindow(node.time, this.#candles.time[index]!);
  }

  /** Whether the value is beyond each of the `over` values before it. */
  #beyond(
    node: Expression,
    over: number | string,
    index: number,
    is: (now: number, before: number) => boolean,
  ): boolean | null {
    const count = this.#scope.amount(over);
    const values = Array.from({ length: count + 1 }, (_, age) => this.#number(node, index - age, NO_FACTS));
    if (values.includes(null)) return null;
    const [now, ...before] = values as number[];
    // Infinity is beyond nothing, so that a window of no numbers stands for the farthest there is.
    const farthest = is(Infinity, 0) ? -Infinity : Infinity;
    const most = extreme(before, (a, b) => is(a, b), farthest);
    return most !== null && is(now!, most);
  }

  #reference(text: string, index: number, facts: Facts): number | null {
    const reference = parseReference(text);
    assert(reference, `${text} was checked to exist`);
    switch (reference.kind) {
      case 'param':
        return this.#scope.param(reference.name);
      case 'fact':
        return facts[reference.name];
      case 'field':
        return fieldAt(this.#candles, reference.name, index);
      case 'indicator': {
        const series = this.#scope.indicator(reference.name, reference.output);
        return index >= series.begin ? series.values[index]! : null;
      }
    }
  }
}

/** What was read before, by node and candle: a closed candle stays as it is, and windows of windows ask for it often. */
class Memory<Value> {
  readonly #values = new Map<object, Map<number, Value>>();

  recall(node: object, index: number, read: () => Value): Value {
    let values = this.#values.get(node);
    if (!values) this.#values.set(node, (values = new Map<number, Value>()));
    const known = values.get(index);
    if (known !== undefined) return known;
    const value = read();
    values.set(index, value);
    return value;
  }
}

/** Rules that look back were checked to ask for no facts. */
const NO_FACTS: Facts = { position: 0, entryPrice: NaN, candlesHeld: NaN, profit: NaN, equity: NaN, cash: NaN };

function fieldAt({ time, open, high, low, close, volume }: CandleColumns, name: FieldName, index: number): number {
  const [o, h, l, c] = [open[index]!, high[index]!, low[index]!, close[index]!];
  switch (name) {
    case 'open':
      return o;
    case 'high':
      return h;
    case 'low':
      return l;
    case 'close':
      return c;
    case 'volume':
      return volume[index]!;
    case 'hl2':
      return (h + l) / 2;
    case 'hlc3':
      return (h + l + c) / 3;
    case 'ohlc4':
      return (o + h + l + c) / 4;
    case 'hlcc4':
      return (h + l + c + c) / 4;
    case 'hour':
      return Math.floor(minuteOfWeek(time[index]!) / 60) % 24;
    case 'weekday':
      return Math.floor(minuteOfWeek(time[index]!) / 1_440) + 1;
  }
}

/** The most extreme number of a window; NaN in it counts for nothing. */
function extreme(
  values: readonly (number | null)[],
  isBeyond: (a: number, b: number) => boolean,
  start: number,
): number | null {
  if (values.includes(null)) return null;
  if (values.length === 1) return values[0]!;
  return (values as number[]).reduce((best, value) => (isBeyond(value, best) ? value : best), start);
}

function crossed([a, b]: readonly (readonly [number | null, number | null])[]): boolean | null {
  const [nowA, beforeA] = a!;
  const [nowB, beforeB] = b!;
  if (nowA === null || beforeA === null || nowB === null || beforeB === null) return null;
  return nowA > nowB && beforeA <= beforeB;
}

const atLeast = (truths: readonly (boolean | null)[], least: number): boolean | null =>
  truths.includes(null) ? null : truths.filter((truth) => truth === true).length >= least;
