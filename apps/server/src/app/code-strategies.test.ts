import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BacktestResult, BacktestView, JobAccepted, StrategyProofView, StrategyView } from '@wickworks/contracts';
import { ask, runToEnd, type Sent } from '../testing/ask.js';
import { becomeAdmin, invite } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
let server: TestServer;
let exchange: ScriptedExchange;

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(NOW, 3_000);
  server = await startTestServer([exchange]);
  await server.assembled;
});
afterAll(() => server.dispose());

const call = (...sent: Sent) => ask(server, ...sent);

const CROSS = `
import { defineStrategy, NO_INTENTS, type Intent } from 'wickworks';

export default defineStrategy({
  id: 'cross',
  title: 'Cross',
  params: { span: { kind: 'number', title: 'Span', default: 5, min: 2, max: 50, step: 1, whole: true } },
  warmup: (params: { span: number }) => params.span,
  create(setup, params: { span: number }) {
    const [symbol] = setup.symbols;
    const mean = setup.indicator(symbol, 'sma', { period: params.span });
    return {
      onCandle(c): readonly Intent[] {
        const above = c.candles.close[c.index] > mean.sma.values[c.index];
        if (above && c.position === 0)
          return [{ kind: 'place', symbol, side: 'buy', type: 'market', size: { kind: 'spend', quote: c.buyingPower / 2 }, tag: 'above' }];
        if (!above && c.position > 0)
          return [{ kind: 'place', symbol, side: 'sell', type: 'market', size: { kind: 'position' }, reduceOnly: true, tag: 'below' }];
        return NO_INTENTS;
      },
    };
  },
});`;
const doing = (body: string): string =>
  `export default { id: 'x', title: 'X', params: {}, warmup: 5, create: () => ({ onCandle(c) { ${body} } }) };`;
const code = (source = CROSS) => ({ kind: 'code', schema: 1, name: 'Cross', timeframe: '1m', source });
const markets = [{ exchange: 'scripted', symbol: 'BTC/USDT' }];

const tested = (source: string, change: object = {}): Promise<BacktestView> =>
  runToEnd(server, { strategy: { document: code(source) }, markets, ...change });
const isAlive = async (): Promise<boolean> => (await fetch(`${server.url}/api/health/live`)).ok;

describe('strategies in code over REST', () => {
  it('are saved in versions, proved and tested like rules', async () => {
    const created = await call('POST', '/strategies', { document: code() });
    expect(created.status).toBe(201);
    const { id } = StrategyView.parse(created.json);
    const next = { document: { ...code(), name: 'Crossing' } };
    const saved = await call('PUT', `/strategies/${id}`, next, { 'if-match': '"v1"' });
    expect(saved.json).toMatchObject({ version: 2, name: 'Crossing', document: { kind: 'code', source: CROSS } });
    expect((await call('POST', `/strategies/${id}/validate`)).json).toEqual({ valid: true, issues: [] });

    const request = { strategy: { id }, markets, params: { span: 9 } };
    const { job } = JobAccepted.parse((await call('POST', '/backtests', request)).json);
    const view = async () => BacktestView.parse((await call('GET', `/backtests/${job.id}`)).json);
    await expect.poll(async () => (await view()).state, { timeout: 60_000 }).toBe('done');
    const found = await view();
    expect(found).toMatchObject({ candles: 3_000, setup: { strategyId: 'cross', params: { span: 9 } } });
    expect(found.proof?.passed).toBe(true);
    const whole = BacktestResult.parse((await call('GET', `/backtests/${job.id}/result`)).json);
    expect(whole.setup.strategy).toMatchObject({ kind: 'code', source: CROSS });
    expect(whole.trades.length).toBeGreaterThan(10);
    expect(new Set(whole.trades.map(({ entryReason }) => entryReason))).toEqual(new Set(['above']));

    await call('POST', `/strategies/${id}/proof`);
    const proof = async () => StrategyProofView.parse((await call('GET', `/strategies/${id}/proof`)).json);
    await expect.poll(async () => (await proof()).state, { timeout: 60_000 }).toBe('passed');
  });

  it.each([
    ['const a: number = ;', 1, 19, 'Unexpected token'],
    ['\n\n  nothing.x;\nexport default 1;', 3, 3, "'nothing' is not defined"],
    [`import fs from 'node:fs'; export default fs;`, undefined, undefined, 'import nothing but "wickworks"'],
    ['for (;;) {}', undefined, undefined, 'endless loop'],
    [`export default { id: 'x', title: 'X', params: {}, warmup: 0 }`, undefined, undefined, 'create'],
  ])('a bad source is refused by line and column: %j', async (source, line, column, message) => {
    const { json } = await call('POST', '/strategies/validate', { document: code(source) });
    expect(json).toMatchObject({ valid: false, issues: [{ path: 'source' }] });
    const { issues } = json as { issues: { line?: number; column?: number; message: string }[] };
    expect(issues[0]?.line).toBe(line);
    expect(issues[0]?.column).toBe(column);
    expect(issues[0]?.message).toContain(message);
    const refused = await call('POST', '/strategies', { document: code(source) });
    expect(refused).toMatchObject({ status: 400, json: { issues: [{ path: 'document.source' }] } });
  });

  it.each([
    ['an endless loop', doing('for (;;) {}'), 'endless loop'],
    ['all memory', doing('const hoard = []; for (;;) hoard.push(new Array(100_000).fill(1));'), 'memory'],
    ['an error of its own', doing(`throw new Error('my own mistake');`), 'my own mistake (line 1)'],
    ['wishes that are none', doing(`return [{ kind: 'place' }];`), 'intents'],
  ])('%s fails the job with the reason, and the server goes on', async (_what, source, reason) => {
    const view = await tested(source);
    expect(view.state).toBe('failed');
    expect(view.detail).toContain('the strategy was stopped');
    expect(view.detail).toContain(reason);
    expect(await isAlive()).toBe(true);
  });

  it('parameters are checked as the source declares them', async () => {
    const request = { strategy: { document: code() }, markets, params: { span: 1_000 } };
    const refused = await call('POST', '/backtests', request);
    expect(refused).toMatchObject({ status: 400, json: { issues: [{ path: 'params.span' }] } });
  });

  it('follow a market in a thread; one that hangs is stopped with the reason, the server is not', async () => {
    const started = async (source: string): Promise<string> => {
      const { id } = StrategyView.parse((await call('POST', '/strategies', { document: code(source) })).json);
      expect(await call('POST', `/strategies/${id}/start`, { markets })).toMatchObject({ status: 200 });
      return id;
    };
    const good = await started(CROSS);
    const bad = await started(doing(`if (c.candles.close[c.index] === 130) for (;;) {} return [];`));
    // Both have worked through the past before something new closes.
    for (const [index, close] of [100, 100, 100, 100, 100, 130, 131, 90].entries())
      exchange.tellClosed([NOW + index * 60_000, 100, 140, 80, close, 1]);
    const signals = async () => {
      const { json } = await call('GET', `/strategies/${good}/signals`);
      return (json as { items: { openTimeMs: number; action: string }[] }).items;
    };
    await expect
      .poll(async () => (await signals()).map(({ action }) => action), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['enter-long', 'exit-long']));
    await expect
      .poll(async () => (await call('GET', `/strategies/${bad}`)).json, { timeout: 20_000 })
      .toMatchObject({ running: [], fault: expect.stringContaining('endless loop') as unknown });
    expect((await call('GET', `/strategies/${good}`)).json).toMatchObject({ running: markets, fault: null });
    expect(await isAlive()).toBe(true);
    expect((await call('POST', `/strategies/${good}/stop`)).json).toMatchObject({ running: [] });
  });
});

it('viewers may look at rules, but have no code run', async () => {
  const other = await startTestServer([new ScriptedExchange()]);
  const { admin } = await becomeAdmin(other);
  const viewer = await invite(admin, 'vera', 'viewer');
  const trader = await invite(admin, 'tom', 'trader');
  expect(await viewer.refusal('POST', '/strategies/validate', { document: code() })).toBe('forbidden');
  expect(await viewer.refusal('POST', '/strategies', { document: code() })).toBe('forbidden');
  expect((await viewer.call('POST', '/strategies/validate', { document: { schema: 1 } })).ok).toBe(true);
  expect(await (await trader.call('POST', '/strategies/validate', { document: code() })).json()).toMatchObject({
    valid: true,
  });
  await other.dispose();
});
