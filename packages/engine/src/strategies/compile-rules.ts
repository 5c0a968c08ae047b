import { assert } from '@wickworks/core';
import { crossings, type Crossings } from '../indicators/kernel/crossings.js';
import type { Flags, Graph, Series } from '../indicators/kernel/graph.js';
import { windowMax, windowMin } from '../indicators/kernel/window-extremes.js';
import type { Comparison, Condition, Expression, TimeWindow } from './document.js';
import { parseReference, type FieldName } from './reference.js';
import type { Facts, Scope } from './scope.js';
import { minuteOfWeek, isInWindow } from './time-window.js';

/** A number or truth that needs the account, asked at one candle. NaN and false while a part is unknown. */
export type LiveNumber = (index: number, facts: Facts) => number;
export type LiveTruth = (index: number, facts: Facts) => boolean;

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
/** Compares two numbers; false when one is NaN, for `!=` too. */
export const compareNumbers = (a: number, comparison: Comparison, b: number): boolean =>
  a === a && b === b && COMPARE[comparison](a, b);

/**
 * Rules as columns: each node of the tree becomes one loop over typed arrays, run for a whole history or for one new
 * candle. Truth is 1 or 0, and 0 until every part is known. Only what asks for facts of the account stays a function.
 */
export class CompiledRules {
  readonly #g: Graph;
  readonly #scope: Scope;
  readonly #truths = new Map<Condition, Flags>();
  readonly #constants = new Map<number, Series>();
  readonly #crossings: Crossings[] = [];
  #warmup = 0;

  constructor(g: Graph, scope: Scope) {
    this.#g = g;
    this.#scope = scope;
  }

  /** First candle at which every rule asked for so far is known. */
  get warmup(): number {
    return this.#warmup;
  }

  /** The number at a candle. */
  number(node: Expression): LiveNumber {
    if (!this.#scope.facts.inExpression(node)) {
      if (typeof node === 'number') return () => node;
      const column = this.#known(this.column(node));
      return (index) => (index >= column.begin ? column.values[index]! : NaN);
    }
    if (typeof node === 'string') {
      const reference = parseReference(node);
      assert(reference?.kind === 'fact', 'only facts are left');
      const { name } = reference;
      return (_index, facts) => facts[name];
    }
    assert(typeof node !== 'number', 'a constant is no fact');
    const all = (list: readonly Expression[]): LiveNumber[] => list.map((item) => this.number(item));
    if ('add' in node) return reduceLive(all(node.add), (a, b) => a + b);
    if ('sub' in node) return reduceLive(all(node.sub), (a, b) => a - b);
    if ('mul' in node) return reduceLive(all(node.mul), (a, b) => a * b);
    if ('div' in node) return reduceLive(all(node.div), (a, b) => a / b);
    if ('min' in node) return reduceLive(all(node.min), Math.min);
    if ('max' in node) return reduceLive(all(node.max), Math.max);
    assert('abs' in node, 'what looks back was checked to ask for no facts');
    const of = this.number(node.abs);
    return (index, facts) => Math.abs(of(index, facts));
  }

  /** The truth at a candle. */
  truth(node: Condition): LiveTruth {
    const flags = this.flags(node);
    if (flags) return (index) => flags.values[index] === 1;
    if (typeof node === 'string') return this.truth(this.#condition(node));
    const all = (list: readonly Condition[]): LiveTruth[] => list.map((item) => this.truth(item));
    if ('compare' in node) {
      const [left, comparison, right] = node.compare;
      const [a, b] = [this.number(left), this.number(right)];
      return (index, facts) => compareNumbers(a(index, facts), comparison, b(index, facts));
    }
    if ('between' in node) {
      const [x, low, high] = node.between.map((part) => this.number(part)) as [LiveNumber, LiveNumber, LiveNumber];
      return (index, facts) => {
        const value = x(index, facts);
        return value >= low(index, facts) && value <= high(index, facts);
      };
    }
    if ('all' in node) {
      const parts = all(node.all);
      return (index, facts) => parts.every((part) => part(index, facts));
    }
    if ('any' in node) {
      const parts = all(node.any);
      return (index, facts) => parts.some((part) => part(index, facts));
    }
    if ('not' in node) {
      const part = this.truth(node.not);
      return (index, facts) => !part(index, facts);
    }
    assert('atLeast' in node, 'what looks back was checked to ask for no facts');
    const [parts, least] = [all(node.of), this.#scope.amount(node.atLeast)];
    return (index, facts) => parts.filter((part) => part(index, facts)).length >= least;
  }

  /** The truths of a condition at every candle; `null` when it asks for facts. */
  flags(node: Condition): Flags | null {
    return this.#scope.facts.inCondition(node) ? null : this.#known(this.truthColumn(node));
  }

  /** The values of an expression without facts. */
  column(node: Expression): Series {
    const g = this.#g;
    if (typeof node === 'number') return this.#constant(node);
    if (typeof node === 'string') return this.#reference(node);
    const all = (list: readonly Expression[]): Series[] => list.map((item) => this.column(item));
    if ('ago' in node) return lag(g, this.column(node.of), this.#scope.amount(node.ago));
    if ('add' in node) return reduceColumns(g, all(node.add), (a, b) => a + b);
    if ('sub' in node) return reduceColumns(g, all(node.sub), (a, b) => a - b);
    if ('mul' in node) return reduceColumns(g, all(node.mul), (a, b) => a * b);
    if ('div' in node) return reduceColumns(g, all(node.div), (a, b) => a / b);
    if ('min' in node) return reduceColumns(g, all(node.min), (a, b) => Math.min(a, b));
    if ('max' in node) return reduceColumns(g, all(node.max), (a, b) => Math.max(a, b));
    if ('abs' in node) return map(g, this.column(node.abs), (value) => Math.abs(value));
    if ('highest' in node) return windowMax(g, this.column(node.highest), this.#scope.amount(node.over));
    if ('lowest' in node) return windowMin(g, this.column(node.lowest), this.#scope.amount(node.over));
    return since(g, this.truthColumn(node.since));
  }

  /** 1 and 0 of a condition without facts; of the same one the same column. */
  truthColumn(node: Condition): Flags {
    const known = this.#truths.get(node);
    if (known) return known;
    const column = typeof node === 'string' ? this.truthColumn(this.#condition(node)) : this.#layTruth(node);
    this.#truths.set(node, column);
    return column;
  }

  #layTruth(node: Exclude<Condition, string>): Flags {
    const g = this.#g;
    const amount = (value: number | string): number => this.#scope.amount(value);
    if ('compare' in node) {
      const [left, comparison, right] = node.compare;
      return compare(g, this.column(left), comparison, this.column(right));
    }
    if ('crossesAbove' in node)
      return this.#crosses(this.column(node.crossesAbove[0]), this.column(node.crossesAbove[1]));
    if ('crossesBelow' in node)
      return this.#crosses(this.column(node.crossesBelow[1]), this.column(node.crossesBelow[0]));
    if ('rising' in node) {
      const input = this.column(node.rising);
      return compare(g, input, '>', lag(g, windowMax(g, input, amount(node.over)), 1));
    }
    if ('falling' in node) {
      const input = this.column(node.falling);
      return compare(g, input, '<', lag(g, windowMin(g, input, amount(node.over)), 1));
    }
    if ('between' in node) {
      const [x, low, high] = node.between;
      const value = this.column(x);
      return count(g, [compare(g, value, '>=', this.column(low)), compare(g, value, '<=', this.column(high))], 2);
    }
    if ('within' in node) return within(g, this.truthColumn(node.of), amount(node.within));
    if ('during' in node) return during(g, this.truthColumn(node.of), amount(node.during));
    const all = (list: readonly Condition[]): Flags[] => list.map((item) => this.truthColumn(item));
    if ('all' in node) return count(g, all(node.all), node.all.length);
    if ('any' in node) return count(g, all(node.any), 1);
    if ('not' in node) return not(g, this.truthColumn(node.not));
    if ('atLeast' in node) return count(g, all(node.of), amount(node.atLeast));
    return timeColumn(g, node.time);
  }

  /** Where `a` crosses above `b`. */
  #crosses(a: Series, b: Series): Flags {
    for (const known of this.#crossings) {
      if (known.a === a && known.b === b) return known.above;
      if (known.a === b && known.b === a) return known.below;
    }
    const found = crossings(this.#g, a, b);
    this.#crossings.push(found);
    return found.above;
  }

  #known<Column extends Series | Flags>(column: Column): Column {
    this.#warmup = Math.max(this.#warmup, column.begin);
    return column;
  }

  #condition(name: string): Condition {
    const named = this.#scope.conditions[name];
    assert(named !== undefined, `condition ${name} was checked to be declared`);
    return named;
  }

  #reference(text: string): Series {
    const reference = parseReference(text);
    assert(reference && reference.kind !== 'fact', `${text} was checked to be no fact`);
    switch (reference.kind) {
      case 'param':
        return this.#constant(this.#scope.param(reference.name));
      case 'field':
        return fieldColumn(this.#g, reference.name);
      case 'indicator':
        return this.#scope.indicator(reference.name, reference.output);
    }
  }

  #constant(value: number): Series {
    const known = this.#constants.get(value);
    if (known) return known;
    const column = this.#g.derive(0, (from, to, out) => out.fill(value, from, to));
    this.#constants.set(value, column);
    return column;
  }
}

function reduceLive(list: readonly LiveNumber[], join: (a: number, b: number) => number): LiveNumber {
  return (index, facts) => {
    let result = list[0]!(index, facts);
    for (let part = 1; part < list.length; part++) result = join(result, list[part]!(index, facts));
    return result;
  };
}

function fieldColumn(g: Graph, name: FieldName): Series {
  if (name === 'hour') return map(g, g.time, (timeMs) => Math.floor(minuteOfWeek(timeMs) / 60) % 24);
  if (name === 'weekday') return map(g, g.time, (timeMs) => Math.floor(minuteOfWeek(timeMs) / 1_440) + 1);
  return g.price(name);
}

function timeColumn(g: Graph, window: TimeWindow): Flags {
  const { time } = g;
  return g.flags(time.begin, (from, to, out) => {
    const { values } = time;
    for (let i = from; i < to; i++) out[i] = isInWindow(window, values[i]!) ? 1 : 0;
  });
}

function map(g: Graph, input: Series, of: (value: number) => number): Series {
  return g.derive(input.begin, (from, to, out) => {
    const { values } = input;
    for (let i = from; i < to; i++) out[i] = of(values[i]!);
  });
}

function reduceColumns(g: Graph, list: readonly Series[], join: (a: number, b: number) => number): Series {
  const begin = Math.max(...list.map((series) => series.begin));
  const [first] = list;
  return g.derive(begin, (from, to, out) => {
    const head = first!.values;
    for (let i = from; i < to; i++) out[i] = head[i]!;
    for (let part = 1; part < list.length; part++) {
      const { values } = list[part]!;
      for (let i = from; i < to; i++) out[i] = join(out[i]!, values[i]!);
    }
  });
}

function lag(g: Graph, input: Series, by: number): Series {
  return g.derive(input.begin + by, (from, to, out) => {
    const { values } = input;
    for (let i = from; i < to; i++) out[i] = values[i - by]!;
  });
}

/** Separate loops, so that each comparison is one machine instruction instead of a call. */
function compare(g: Graph, a: Series, comparison: Comparison, b: Series): Flags {
  const begin = Math.max(a.begin, b.begin);
  return g.flags(begin, (from, to, out) => {
    const [x, y] = [a.values, b.values];
    switch (comparison) {
      case '<':
        for (let i = from; i < to; i++) out[i] = x[i]! < y[i]! ? 1 : 0;
        return;
      case '<=':
        for (let i = from; i < to; i++) out[i] = x[i]! <= y[i]! ? 1 : 0;
        return;
      case '>':
        for (let i = from; i < to; i++) out[i] = x[i]! > y[i]! ? 1 : 0;
        return;
      case '>=':
        for (let i = from; i < to; i++) out[i] = x[i]! >= y[i]! ? 1 : 0;
        return;
      case '==':
        for (let i = from; i < to; i++) out[i] = x[i]! === y[i]! ? 1 : 0;
        return;
      case '!=':
        for (let i = from; i < to; i++) out[i] = x[i]! < y[i]! || x[i]! > y[i]! ? 1 : 0;
    }
  });
}

function not(g: Graph, input: Flags): Flags {
  return g.flags(input.begin, (from, to, out) => {
    const { values } = input;
    for (let i = from; i < to; i++) out[i] = 1 - values[i]!;
  });
}

/** 1 where at least `least` of the truths are 1. */
function count(g: Graph, list: readonly Flags[], least: number): Flags {
  if (list.length === 1 && least === 1) return list[0]!;
  const begin = Math.max(...list.map((flags) => flags.begin));
  const [first, ...others] = list;
  if (least === 1 || least === list.length)
    return g.flags(begin, (from, to, out) => {
      out.set(first!.values.subarray(from, to), from);
      for (const { values } of others)
        if (least === 1) for (let i = from; i < to; i++) out[i] = out[i]! | values[i]!;
        else for (let i = from; i < to; i++) out[i] = out[i]! & values[i]!;
    });
  return g.flags(begin, (from, to, out) => {
    for (let i = from; i < to; i++) {
      let met = 0;
      for (const { values } of list) met += values[i]!;
      out[i] = met >= least ? 1 : 0;
    }
  });
}

/** Candles since the truth was last 1; NaN when it never was. */
function since(g: Graph, truth: Flags): Series {
  return g.derive(truth.begin, (from, to, out) => {
    const { values } = truth;
    let age = from === truth.begin ? NaN : out[from - 1]!;
    for (let i = from; i < to; i++) {
      age = values[i] === 1 ? 0 : age + 1;
      out[i] = age;
    }
  });
}

function within(g: Graph, truth: Flags, candles: number): Flags {
  const age = since(g, truth);
  return g.flags(truth.begin, (from, to, out) => {
    const { values } = age;
    for (let i = from; i < to; i++) out[i] = values[i]! < candles ? 1 : 0;
  });
}

function during(g: Graph, truth: Flags, candles: number): Flags {
  const broken = since(g, not(g, truth));
  return g.flags(truth.begin + candles - 1, (from, to, out) => {
    const { values } = broken;
    // Never broken is NaN, and then the begin of this column says that it has been long enough.
    for (let i = from; i < to; i++) out[i] = values[i]! < candles ? 0 : 1;
  });
}
