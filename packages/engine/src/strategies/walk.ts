import type { Amount, Condition, Expression, StrategyDocument } from './document.js';

/** The parts of a node, with the path from it to each. */
export interface Parts {
  readonly expressions: readonly (readonly [string, Expression])[];
  readonly conditions: readonly (readonly [string, Condition])[];
  readonly amounts: readonly (readonly [string, Amount])[];
}

const list = <T>(key: string, items: readonly T[]): (readonly [string, T])[] =>
  items.map((item, index) => [`${key}.${index}`, item] as const);
const parts = (given: Partial<Parts>): Parts => ({ expressions: [], conditions: [], amounts: [], ...given });

/** What an expression is made of; nothing for constants and references. */
export function partsOfExpression(node: Expression): Parts {
  if (typeof node === 'number' || typeof node === 'string') return parts({});
  if ('ago' in node) return parts({ expressions: [['of', node.of]], amounts: [['ago', node.ago]] });
  if ('add' in node) return parts({ expressions: list('add', node.add) });
  if ('sub' in node) return parts({ expressions: list('sub', node.sub) });
  if ('mul' in node) return parts({ expressions: list('mul', node.mul) });
  if ('div' in node) return parts({ expressions: list('div', node.div) });
  if ('min' in node) return parts({ expressions: list('min', node.min) });
  if ('max' in node) return parts({ expressions: list('max', node.max) });
  if ('abs' in node) return parts({ expressions: [['abs', node.abs]] });
  if ('highest' in node) return parts({ expressions: [['highest', node.highest]], amounts: [['over', node.over]] });
  if ('lowest' in node) return parts({ expressions: [['lowest', node.lowest]], amounts: [['over', node.over]] });
  return parts({ conditions: [['since', node.since]] });
}

/** What a condition is made of; nothing for a name. */
export function partsOfCondition(node: Condition): Parts {
  if (typeof node === 'string' || 'time' in node) return parts({});
  if ('compare' in node) {
    const [left, , right] = node.compare;
    return parts({ expressions: [['compare.0', left], ['compare.2', right]] }); // prettier-ignore
  }
  if ('crossesAbove' in node) return parts({ expressions: list('crossesAbove', node.crossesAbove) });
  if ('crossesBelow' in node) return parts({ expressions: list('crossesBelow', node.crossesBelow) });
  if ('rising' in node) return parts({ expressions: [['rising', node.rising]], amounts: [['over', node.over]] });
  if ('falling' in node) return parts({ expressions: [['falling', node.falling]], amounts: [['over', node.over]] });
  if ('between' in node) return parts({ expressions: list('between', node.between) });
  if ('within' in node) return parts({ conditions: [['of', node.of]], amounts: [['within', node.within]] });
  if ('during' in node) return parts({ conditions: [['of', node.of]], amounts: [['during', node.during]] });
  if ('all' in node) return parts({ conditions: list('all', node.all) });
  if ('any' in node) return parts({ conditions: list('any', node.any) });
  if ('not' in node) return parts({ conditions: [['not', node.not]] });
  return parts({ conditions: list('of', node.of), amounts: [['atLeast', node.atLeast]] });
}

/** Whether an expression or condition asks for facts of the account, names followed. Of a cycle it says no. */
export class FactFinder {
  readonly #conditions: StrategyDocument['conditions'];
  readonly #known = new Map<string, boolean>();

  constructor(conditions: StrategyDocument['conditions']) {
    this.#conditions = conditions;
  }

  inExpression(node: Expression): boolean {
    if (typeof node === 'string') return node.startsWith('@');
    return this.#inParts(partsOfExpression(node));
  }

  inCondition(node: Condition): boolean {
    if (typeof node !== 'string') return this.#inParts(partsOfCondition(node));
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#known.set(node, false);
    const named = this.#conditions[node];
    const found = named !== undefined && this.inCondition(named);
    this.#known.set(node, found);
    return found;
  }

  #inParts({ expressions, conditions }: Parts): boolean {
    return (
      expressions.some(([, part]) => this.inExpression(part)) || conditions.some(([, part]) => this.inCondition(part))
    );
  }
}
