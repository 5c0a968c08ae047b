import { assert } from '@wickworks/core';
import type { ParamValues } from '../indicators/params.js';
import type { Series } from '../indicators/kernel/graph.js';
import type { Amount, StrategyDocument } from './document.js';
import { FactFinder } from './walk.js';
import type { FactName } from './reference.js';

/** Facts of the account in one market at a closed candle. */
export type Facts = Readonly<Record<FactName, number>>;

/** What the names in a checked document stand for in one market. */
export class Scope {
  readonly conditions: StrategyDocument['conditions'];
  readonly facts: FactFinder;
  readonly #params: ParamValues;
  readonly #indicators: ReadonlyMap<string, Readonly<Record<string, Series>>>;

  constructor(input: {
    conditions: StrategyDocument['conditions'];
    params: ParamValues;
    /** Outputs by name of each declared indicator, over this market's candles. */
    indicators: ReadonlyMap<string, Readonly<Record<string, Series>>>;
  }) {
    this.conditions = input.conditions;
    this.facts = new FactFinder(input.conditions);
    this.#params = input.params;
    this.#indicators = input.indicators;
  }

  /** A number that is written down or named. */
  amount(amount: Amount): number {
    if (typeof amount === 'number') return amount;
    return this.param(amount.slice(1));
  }

  param(name: string): number {
    const value = this.#params[name];
    assert(typeof value === 'number', `parameter ${name} was checked to be a number`);
    return value;
  }

  /** Values of an indicator's output, its first when `output` is `null`. */
  indicator(name: string, output: string | null): Series {
    const outputs = this.#indicators.get(name);
    assert(outputs, `indicator ${name} was checked to be declared`);
    const series = output === null ? Object.values(outputs)[0] : outputs[output];
    assert(series, `output ${name}.${output ?? ''} was checked to exist`);
    return series;
  }
}
