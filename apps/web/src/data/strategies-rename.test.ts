import { StrategyDocument } from '@wickworks/contracts';
import { checkStrategy, listExamples } from '@wickworks/engine';
import { describe, expect, it } from 'vitest';
import { parseJson, type Json } from './strategies-json.js';
import { withRenamed, type NamedPart } from './strategies-rename.js';

const jsonOf = (document: unknown): Json => {
  const parsed = parseJson(JSON.stringify(document));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('renaming', () => {
  const all = listExamples().flatMap(({ id, document }) =>
    (['params', 'indicators', 'conditions'] as const).flatMap((part) =>
      Object.keys(document[part]).map((name): [string, NamedPart, string] => [id, part, name]),
    ),
  );

  it.each(all)('%s: %s.%s keeps the document sound, and back again is as it was', (id, part, name) => {
    const document = listExamples().find((example) => example.id === id)?.document;
    const before = jsonOf(document);
    const after = withRenamed(before, part, { from: name, to: 'somethingNew' });
    expect(checkStrategy(StrategyDocument.parse(after))).toEqual([]);
    expect(Object.keys(StrategyDocument.parse(after)[part])).toContain('somethingNew');
    expect(JSON.stringify(withRenamed(after, part, { from: 'somethingNew', to: name }))).toBe(JSON.stringify(before));
  });

  const document = {
    name: '$low',
    description: 'rsi',
    params: { low: { title: '$low', options: ['$low'] } },
    indicators: { rsi: { id: 'rsi', params: { period: '$low' } }, rsi2: { id: 'rsi' } },
    conditions: { rsi: { compare: ['rsi.rsi', '<', '$low'] }, deep: { within: '$low', of: { not: 'rsi' } } },
    entry: {
      long: {
        when: { all: ['rsi', { compare: [{ ago: '$low', of: { since: { any: ['rsi'] } } }, '<', 'rsi2'] }] },
        label: 'rsi',
        order: { type: 'limit', price: { min: ['rsi', 'close'] } },
      },
    },
    stopLoss: { kind: 'price', price: { lowest: 'rsi', over: '$low' } },
    takeProfit: [{ kind: 'price', price: 'rsi' }],
    trade: ['rsi'],
  };

  it('an indicator: numbers follow, a condition of the same name, longer names and words do not', () => {
    expect(withRenamed(document, 'indicators', { from: 'rsi', to: 'fast' })).toEqual({
      ...document,
      indicators: { fast: { id: 'rsi', params: { period: '$low' } }, rsi2: { id: 'rsi' } },
      conditions: { ...document.conditions, rsi: { compare: ['fast.rsi', '<', '$low'] } },
      entry: { long: { ...document.entry.long, order: { type: 'limit', price: { min: ['fast', 'close'] } } } },
      stopLoss: { kind: 'price', price: { lowest: 'fast', over: '$low' } },
      takeProfit: [{ kind: 'price', price: 'fast' }],
    });
  });

  it('a condition: conditions follow, also inside of numbers', () => {
    expect(withRenamed(document, 'conditions', { from: 'rsi', to: 'dip' })).toEqual({
      ...document,
      conditions: { dip: document.conditions.rsi, deep: { within: '$low', of: { not: 'dip' } } },
      entry: {
        long: {
          ...document.entry.long,
          when: { all: ['dip', { compare: [{ ago: '$low', of: { since: { any: ['dip'] } } }, '<', 'rsi2'] }] },
        },
      },
    });
  });

  it('a parameter: amounts follow, what people read does not', () => {
    const after = withRenamed(document, 'params', { from: 'low', to: 'level' });
    expect(after).toMatchObject({
      name: '$low',
      params: { level: { title: '$low', options: ['$low'] } },
      indicators: { rsi: { params: { period: '$level' } } },
      conditions: { rsi: { compare: ['rsi.rsi', '<', '$level'] }, deep: { within: '$level' } },
      stopLoss: { price: { over: '$level' } },
    });
    expect(JSON.stringify(after).match(/\$low"/g)).toHaveLength(3);
  });
});
