import { describe, expect, it } from 'vitest';
import { Candles, type CandleRow } from '@wickworks/core';
import {
  backtest,
  defineStrategy,
  findIndicator,
  NO_INTENTS,
  parseParams,
  type Intent,
  type StrategyDefinition,
} from '@wickworks/engine';
import { loadStrategy } from './load-strategy.js';

const MINUTE = 60_000;
const COUNT = 3_000;

/** A price that wanders over many scales, the same every time. */
const rows = (count = COUNT): CandleRow[] => {
  let close = 100;
  return Array.from({ length: count }, (_, index) => {
    const open = close;
    close = Math.round(100 * (100 + 8 * Math.sin(index / 37) + 5 * Math.sin(index / 11) + Math.sin(index * 1.7))) / 100;
    const [high, low] = [Math.max(open, close) + 0.25, Math.min(open, close) - 0.25];
    return [index * MINUTE, open, high, low, close, 10 + (index % 7)];
  });
};

const run = (strategy: StrategyDefinition, params: Record<string, unknown> = {}) =>
  backtest({
    markets: [
      {
        rules: {
          symbol: 'BTC/USDT',
          tickSize: 0.01,
          lotSize: 0.0001,
          minNotional: 5,
          makerFeeBps: 10,
          takerFeeBps: 10,
        },
        timeframe: '1m',
        candles: Candles.fromRows(rows()),
      },
    ],
    strategy,
    params,
  });

const load = async (source: string, limits?: Parameters<typeof loadStrategy>[1]) => {
  const loaded = await loadStrategy(source, limits);
  if (!loaded.ok) throw new Error(loaded.error.issues.map(({ message }) => message).join('\n'));
  return loaded.value;
};

const messagesOf = async (source: string): Promise<string> => {
  const loaded = await loadStrategy(source);
  if (loaded.ok) {
    loaded.value.dispose();
    return 'loaded';
  }
  return loaded.error.issues.map(({ message }) => message).join('\n');
};

/** A strategy that does `body` at every candle. */
const doing = (body: string): string => `
  import { defineStrategy } from 'wickworks';
  export default defineStrategy({
    id: 'probe', title: 'Probe', params: {}, warmup: 0,
    create: (setup) => ({ onCandle(c) { ${body} } }),
  });`;

const CROSS = `
  import { defineStrategy, NO_INTENTS, type Intent } from 'wickworks';
  interface Memory { wasAbove: boolean | null }
  export default defineStrategy({
    id: 'cross', title: 'Average cross',
    params: {
      fast: { kind: 'number', title: 'Fast', default: 9, min: 2, max: 50, step: 1, whole: true },
      slow: { kind: 'number', title: 'Slow', default: 30, min: 5, max: 200, step: 1, whole: true },
    },
    warmup: (params: { slow: number }) => params.slow,
    create(setup, params: { fast: number; slow: number }) {
      const [symbol] = setup.symbols;
      const fast = setup.indicator(symbol, 'sma', { period: params.fast });
      const slow = setup.indicator(symbol, 'sma', { period: params.slow });
      const memory: Memory = { wasAbove: null };
      return {
        onCandle(c): readonly Intent[] {
          const above = fast.sma.values[c.index]! > slow.sma.values[c.index]!;
          const crossed = memory.wasAbove !== null && above !== memory.wasAbove;
          memory.wasAbove = above;
          if (!crossed) return NO_INTENTS;
          return above
            ? [{ kind: 'place', symbol: c.symbol, side: 'buy', type: 'market', size: { kind: 'spend', quote: c.buyingPower * 0.9 }, tag: 'fast above slow' }]
            : c.position > 0
              ? [{ kind: 'place', symbol: c.symbol, side: 'sell', type: 'market', size: { kind: 'position' }, reduceOnly: true, tag: 'fast below slow' }]
              : NO_INTENTS;
        },
      };
    },
  });`;

/** The same outside the jail. */
const FREE = defineStrategy({
  id: 'cross',
  title: 'Average cross',
  params: {
    fast: { kind: 'number', title: 'Fast', default: 9, min: 2, max: 50, step: 1, whole: true },
    slow: { kind: 'number', title: 'Slow', default: 30, min: 5, max: 200, step: 1, whole: true },
  },
  warmup: ({ slow }) => slow,
  create(setup, params) {
    const [symbol = ''] = setup.symbols;
    const sma = findIndicator('sma')!;
    const average = (period: number) => {
      const parsed = parseParams(sma, { period });
      if (!parsed.ok) throw new Error('sound parameters');
      return setup.indicator(symbol, sma, parsed.value)['sma']!;
    };
    const [fast, slow] = [average(params.fast), average(params.slow)];
    let wasAbove: boolean | null = null;
    return {
      onCandle(c): readonly Intent[] {
        const above = fast.values[c.index]! > slow.values[c.index]!;
        const crossed = wasAbove !== null && above !== wasAbove;
        wasAbove = above;
        if (!crossed) return NO_INTENTS;
        const base = { kind: 'place', symbol: c.symbol, type: 'market' } as const;
        if (above) {
          const size = { kind: 'spend', quote: c.buyingPower * 0.9 } as const;
          return [{ ...base, side: 'buy', size, tag: 'fast above slow' }];
        }
        if (c.position <= 0) return NO_INTENTS;
        return [{ ...base, side: 'sell', size: { kind: 'position' }, reduceOnly: true, tag: 'fast below slow' }];
      },
    };
  },
});

describe('a strategy in its jail', () => {
  it('trades exactly as the same code outside', async () => {
    const jailed = await load(CROSS);
    for (const params of [{}, { fast: 5, slow: 21 }]) {
      const inside = run(jailed.definition, params);
      const outside = run(FREE, params);
      if (!inside.ok || !outside.ok) throw new Error('both run');
      expect(inside.value.fills.length).toBeGreaterThan(10);
      expect(inside.value.fills).toEqual(outside.value.fills);
      expect(inside.value.equity).toEqual(outside.value.equity);
    }
    jailed.dispose();
  });

  it('declares its parameters, which are checked like any others', async () => {
    const jailed = await load(CROSS);
    expect(jailed.definition.params['slow']).toMatchObject({ kind: 'number', default: 30, max: 200 });
    const refused = run(jailed.definition, { slow: 1_000 });
    expect(!refused.ok && refused.error).toMatchObject({ kind: 'bad-params', issues: [{ field: 'slow' }] });
    jailed.dispose();
  });

  it('begins every run anew, whatever it left in its globals', async () => {
    const jailed = await load(
      doing(
        `globalThis.seen = (globalThis.seen ?? 0) + 1; if (c.index === 2) console.log('seen', globalThis.seen); return [];`,
      ),
    );
    run(jailed.definition);
    run(jailed.definition);
    expect(jailed.takeLines()).toEqual(['seen 3', 'seen 3']);
    jailed.dispose();
  });

  it('knows no candle beyond the one that closed', async () => {
    const jailed = await load(
      doing(`
        if (c.index < 2_000 && c.candles.close[c.index + 1] > 0) throw new Error('saw the future');
        if (c.candles.length !== c.index + 1) throw new Error('length');
        if (c.timeMs !== c.candles.time[c.index] + 60_000) throw new Error('time');
        return [];`),
    );
    expect(run(jailed.definition).ok).toBe(true);
    jailed.dispose();
  });

  it.each([
    ['the clock', `Date.now()`, 'no clock'],
    ['the clock by a new Date', `new Date()`, 'no clock'],
    ['the clock through a date it was given', `new (new Date(0).constructor)()`, 'no clock'],
    ['chance', `Math.random()`, 'no random numbers'],
    ['the network', `fetch('http://127.0.0.1')`, 'fetch'],
    ['files', `require('fs')`, 'require'],
    ['the environment', `process.env`, 'process'],
    ['the host by a constructor', `(() => {}).constructor('return process')()`, 'process'],
    ['timers', `setTimeout(() => 0, 1)`, 'setTimeout'],
  ])('has no way to %s', async (_what, code, message) => {
    const jailed = await load(doing(`${code}; return [];`));
    expect(() => run(jailed.definition)).toThrow(message);
    jailed.dispose();
  });

  it('may reckon with dates it is told', async () => {
    const jailed = await load(
      doing(
        `if (c.index === 90) console.log(new Date(c.timeMs).getUTCHours(), new Date(c.timeMs).toISOString()); return [];`,
      ),
    );
    run(jailed.definition);
    expect(jailed.takeLines()).toEqual(['1 1970-01-01T01:31:00.000Z']);
    jailed.dispose();
  });

  it.each([
    ['an endless loop', `for (;;) {}`, 'endless loop'],
    ['an endless recursion', `const f = () => f(); f();`, 'stack'],
    ['all memory', `const hoard = []; for (;;) hoard.push(new Array(10_000).fill(1));`, 'more memory'],
    ['an error of its own', `if (c.index === 5) throw new Error('my own mistake'); return [];`, 'my own mistake'],
    ['nonsense wishes', `return [{ kind: 'place', symbol: c.symbol, side: 'up' }];`, 'intents'],
    ['an unknown symbol', `return c.positionOf('X/Y') > 0 ? [] : [];`, 'does not trade'],
  ])('is stopped by %s, and the host goes on', async (_what, body, message) => {
    const jailed = await load(doing(body));
    expect(() => run(jailed.definition)).toThrow(message);
    jailed.dispose();
    const next = await load(CROSS);
    expect(run(next.definition).ok).toBe(true);
    next.dispose();
  });

  it('ends an endless loop after the same work every time', async () => {
    const source = doing(`let n = 0; for (;;) { n++; if (n % 100000 === 0) console.log(n); }`);
    const lines = await Promise.all(
      [1, 2].map(async () => {
        const jailed = await load(source, { memoryBytes: 1e7, fuelPerCall: 50 });
        expect(() => run(jailed.definition)).toThrow('too long');
        const told = jailed.takeLines();
        jailed.dispose();
        return told;
      }),
    );
    expect(lines[0]!.length).toBeGreaterThan(0);
    expect(lines[0]).toEqual(lines[1]);
  });

  it.each([
    ['export default 5', 'must export its strategy'],
    ['export default {', 'Unexpected token'],
    [`import fs from 'node:fs'; export default fs;`, 'import nothing but "wickworks"'],
    [`export default { id: 'x', title: 'X', params: {}, warmup: 0 }`, 'create: must be a function'],
    [`export default { id: 'No Id', title: 'X', params: {}, warmup: 0, create() {} }`, 'id: '],
    [`export default { id: 'x', title: 'X', params: { a: { kind: 'number' } }, warmup: 0, create() {} }`, 'params.a.'],
    [`for (;;) {}`, 'endless loop'],
    [`\n\nnull.x; export default {};`, '(line 3)'],
  ])('a bad source says why: %s', async (source, message) => {
    expect(await messagesOf(source)).toContain(message);
  });

  it.each([
    ['const a: number = ;', 1, 19],
    ['\n\n   null.x; export default {};', 3, 8],
    ['\nconst a = 1;\nconst b: number = null.x; export default a;', 3, null],
    ['export default 5', null, null],
  ])('the place of a fault is told by line and column: %j', async (source, line, column) => {
    const loaded = await loadStrategy(source);
    expect(!loaded.ok && loaded.error.issues).toMatchObject([{ line, column }]);
  });

  it('outputs can be taken apart where they are asked for', async () => {
    const jailed = await load(`export default { id: 'x', title: 'X', params: {}, warmup: 30,
      create(setup) {
        const { macd, signal } = setup.indicator('BTC/USDT', 'macd');
        return { onCandle: (c) => { console.log(Object.is(macd.length, c.index + 1), signal.values[c.index] > -99); return []; } };
      } }`);
    run(jailed.definition);
    const lines = jailed.takeLines();
    jailed.dispose();
    expect(lines.length).toBeGreaterThan(100);
    expect([...new Set(lines)].at(-1)).toBe('true true');
  });

  it.each([
    [`setup.indicator('BTC/USDT', 'nonsense')`, 'there is no indicator "nonsense"'],
    [`setup.indicator('BTC/USDT', 'sma', { period: -1 })`, 'indicator sma: period'],
    [`setup.indicator('X/Y', 'sma')`, 'does not trade'],
  ])('a bad wish for an indicator says why: %s', async (code, message) => {
    const jailed = await load(`export default { id: 'x', title: 'X', params: {}, warmup: 0,
      create(setup) { ${code}; return { onCandle: () => [] }; } }`);
    expect(() => run(jailed.definition)).toThrow(message);
    jailed.dispose();
  });
});
