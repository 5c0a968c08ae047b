import { describe, expect, it } from 'vitest';
import { OrderSpec, strategyJsonSchema } from './strategies.js';

const faultsOf = (order: unknown): readonly string[] => {
  const parsed = OrderSpec.safeParse(order);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('OrderSpec', () => {
  it('takes every type of order with its own fields', () => {
    for (const order of [
      { type: 'market' },
      { type: 'limit', offset: 0.001 },
      { type: 'stop', price: { mul: ['high', 1.01] }, expiresAfter: '$patience' },
      { type: 'stop-limit', offset: 0.001, limitOffset: 0.002, expiresAfter: 4 },
      { type: 'stop-limit', price: 'high', limitPrice: { add: ['high', '$room'] } },
      { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.01 }, expiresAfter: 12 },
      { type: 'trailing-stop', trail: { kind: 'atr', period: 14, multiple: '$turn' }, expiresAfter: 12 },
    ])
      expect(OrderSpec.parse(order)).toEqual(order);
  });

  it('names the field that is wrong', () => {
    expect(faultsOf({ type: 'iceberg' })).toEqual(['type']);
    expect(faultsOf({ type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.01 } })).toEqual(['expiresAfter']);
    expect(faultsOf({ type: 'trailing-stop', trail: { kind: 'price', price: 1 }, expiresAfter: 3 })).toEqual([
      'trail.kind',
    ]);
    expect(faultsOf({ type: 'stop-limit', offset: 0.001, limitOffset: 'far' })).toEqual(['limitOffset']);
  });

  it('has its types in the published JSON Schema', () => {
    const text = JSON.stringify(strategyJsonSchema());
    for (const word of ['stop-limit', 'trailing-stop', 'limitOffset', 'limitPrice', 'trail'])
      expect(text).toContain(`"${word}"`);
  });
});
