import { isList, isObject, withKeyRenamed, type Json, type JsonObject } from './strategies-json.js';

/** What a document declares by name. */
export type NamedPart = 'params' | 'indicators' | 'conditions';

type Swap = (text: string) => string;
interface Swaps {
  readonly expression: Swap;
  readonly condition: Swap;
}

/** Holds rules below it, besides `conditions`. */
const HOLDERS = new Set(['entry', 'exit', 'long', 'short', 'order', 'stopLoss', 'takeProfit']);
/** Words for people: nothing in them is a reference. */
const SAID = new Set(['name', 'title', 'description', 'label']);

/**
 * `root` with a parameter, indicator or condition called `to` instead of `from`, in its declaration and everywhere it
 * is called by name; works on documents that are not sound yet. The order of everything stays.
 */
export function withRenamed(root: Json, part: NamedPart, names: { from: string; to: string }): Json {
  const declared = withKeyRenamed(root, [part], names);
  if (!isObject(declared)) return declared;
  const { from, to } = names;
  if (part === 'params') {
    const { params, ...rest } = declared;
    const others = inAnything(rest, (text) => (text === `$${from}` ? `$${to}` : text));
    if (!isObject(others) || params === undefined) return declared;
    return mapped(declared, (key) => (key === 'params' ? params : (others[key] ?? null)));
  }
  const whole: Swap = (text) => (text === from ? to : text);
  if (part === 'conditions') return inRules(declared, { expression: (text) => text, condition: whole });
  const withOutput: Swap = (text) => (text.startsWith(`${from}.`) ? to + text.slice(from.length) : whole(text));
  return inRules(declared, { expression: withOutput, condition: (text) => text });
}

const mapped = (object: JsonObject, change: (key: string, value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));

function inAnything(node: Json, swap: Swap): Json {
  if (typeof node === 'string') return swap(node);
  if (isList(node)) return node.map((item) => inAnything(item, swap));
  if (!isObject(node)) return node;
  return mapped(node, (key, value) => (typeof value === 'string' && SAID.has(key) ? value : inAnything(value, swap)));
}

function inRules(node: Json, swaps: Swaps): Json {
  if (isList(node)) return node.map((item) => inRules(item, swaps));
  if (!isObject(node)) return node;
  return mapped(node, (key, value) => {
    if (key === 'when') return inCondition(value, swaps);
    if (key === 'price' || key === 'limitPrice') return inExpression(value, swaps);
    if (key === 'conditions' && isObject(value))
      return mapped(value, (_name, condition) => inCondition(condition, swaps));
    return HOLDERS.has(key) ? inRules(value, swaps) : value;
  });
}

function inCondition(node: Json, swaps: Swaps): Json {
  if (typeof node === 'string') return swaps.condition(node);
  if (isList(node)) return node.map((item) => inCondition(item, swaps));
  if (!isObject(node)) return node;
  return mapped(node, (key, value) => {
    if (key === 'time') return value;
    return key === 'of' || key === 'all' || key === 'any' || key === 'not'
      ? inCondition(value, swaps)
      : inExpression(value, swaps);
  });
}

function inExpression(node: Json, swaps: Swaps): Json {
  if (typeof node === 'string') return swaps.expression(node);
  if (isList(node)) return node.map((item) => inExpression(item, swaps));
  if (!isObject(node)) return node;
  return mapped(node, (key, value) => (key === 'since' ? inCondition(value, swaps) : inExpression(value, swaps)));
}
