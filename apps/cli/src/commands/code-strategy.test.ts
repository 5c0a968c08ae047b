import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BacktestResult, StrategyView } from '@wickworks/contracts';
import { wick as wickAt } from '../testing/wick.js';

const cwd = mkdtempSync(join(tmpdir(), 'wick-cli-code-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function wick(...argv: string[]) {
  const { code, errors, json } = await wickAt({ cwd, env: { WICK_DATA_DIR: join(cwd, 'data') } }, ...argv, '--json');
  return { code, errors, json: json() };
}

const RUN = ['--in', 'candles.csv', '--symbol', 'BTC/USDT', '--timeframe', '1m'];
beforeAll(() => {
  const rows = Array.from({ length: 600 }, (_, index) => {
    const close = 100 + Math.round(800 * Math.sin(index / 9)) / 100;
    return [1_700_000_040_000 + index * 60_000, close, close + 1, close - 1, close, 1].join(',');
  });
  writeFileSync(join(cwd, 'candles.csv'), `${['time,open,high,low,close,volume', ...rows].join('\n')}\n`);
  const doing = (body: string): string => `
    import { defineStrategy } from 'wickworks';
    export default defineStrategy({
      id: 'dips', title: 'Dips', params: { below: { kind: 'number', title: 'Below', default: 95, min: 1, max: 200, step: 1 } },
      warmup: 1,
      create: (setup, params: { below: number }) => ({ onCandle(c) { ${body} } }),
    });`;
  writeFileSync(
    join(cwd, 'dips.ts'),
    doing(`
      const close = c.candles.close[c.index];
      const order = { kind: 'place', symbol: c.symbol, type: 'market' };
      if (close < params.below && c.position === 0) return [{ ...order, side: 'buy', size: { kind: 'spend', quote: 1000 }, tag: 'dip' }];
      if (close > 105 && c.position > 0) return [{ ...order, side: 'sell', size: { kind: 'position' }, reduceOnly: true, tag: 'top' }];
      return [];`),
  );
  writeFileSync(join(cwd, 'loop.ts'), doing('for (;;) {}'));
  writeFileSync(join(cwd, 'broken.ts'), '\nexport default = 5;');
});

it('a file of code is tested, with its parameters, and its result verifies', async () => {
  const { code, json } = await wick('backtest', 'dips.ts', ...RUN, '--out', 'result.json');
  expect(code).toBe(0);
  const result = BacktestResult.parse(json);
  expect(result.trades.length).toBeGreaterThan(3);
  expect(result).toMatchObject({ setup: { strategy: { kind: 'code' }, strategyId: 'dips' }, proof: { passed: true } });
  expect(await wick('verify', 'result.json', '--in', 'candles.csv')).toMatchObject({ code: 0 });
  const other = await wick('backtest', 'dips.ts', ...RUN, '--param', 'below=93');
  expect(BacktestResult.parse(other.json).resultHash).not.toBe(result.resultHash);
  expect(await wick('backtest', 'dips.ts', ...RUN, '--param', 'below=900')).toMatchObject({ code: 1 });
  const stated = JSON.parse(readFileSync(join(cwd, 'result.json'), 'utf8')) as {
    setup: { strategy: { source: string } };
  };
  stated.setup.strategy.source = stated.setup.strategy.source.replace('105', '104');
  writeFileSync(join(cwd, 'forged.json'), JSON.stringify(stated));
  expect(await wick('verify', 'forged.json', '--in', 'candles.csv')).toMatchObject({ code: 1 });
});

it('what hangs or is no code ends with the reason and its place', async () => {
  const hung = await wick('backtest', 'loop.ts', ...RUN);
  expect(hung.code).toBe(1);
  expect(hung.errors).toContain('endless loop');
  expect(await wick('strategy', 'validate', 'broken.ts')).toMatchObject({
    code: 1,
    json: { error: { issues: [{ path: 'source:2:16' }] } },
  });
});

it('it is saved like any other', async () => {
  const saved = await wick('strategy', 'import', 'dips.ts', '--timeframe', '15m');
  expect(StrategyView.parse(saved.json)).toMatchObject({
    name: 'dips',
    document: { kind: 'code', timeframe: '15m', source: readFileSync(join(cwd, 'dips.ts'), 'utf8') },
  });
});
