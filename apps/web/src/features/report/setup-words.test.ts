import { DEFAULT_CONFIG, type RunSetup } from '@wickworks/engine';
import { describe, expect, it } from 'vitest';
import { strategyNames } from '../../data/run-names.js';
import { parameterWords, settingDifferences, whereAndWhen } from './setup-words.js';

const SETUP: RunSetup = {
  strategy: { name: 'EMA cross', timeframe: '1h', entry: { long: 'fast > slow' } },
  strategyId: 'ema-cross',
  params: { fast: 5, slow: 20 },
  markets: [{ exchange: 'local', symbol: 'BTC/USDT', tickSize: 0.01, lotSize: 0.0001, minNotional: 5 }],
  timeframe: '1h',
  detailTimeframe: null,
  fromMs: Date.UTC(2026, 9, 1),
  toMs: Date.UTC(2026, 10, 1),
  config: DEFAULT_CONFIG,
  engineVersion: '1',
};
const of = (change: Partial<RunSetup>) => settingDifferences(SETUP, { ...SETUP, ...change }, 'UTC');

describe('what differs between two runs', () => {
  it('is nothing between equal settings', () => {
    expect(of({})).toEqual([]);
  });

  it('names times as times, not as milliseconds', () => {
    expect(of({ fromMs: Date.UTC(2026, 8, 1, 12) })).toEqual([
      { label: 'From', from: '2026-10-01 00:00', to: '2026-09-01 12:00' },
    ]);
    expect(of({ config: { ...DEFAULT_CONFIG, latencyMs: 250 } })).toEqual([
      { label: 'Latency', from: '0 ms', to: '250 ms' },
    ]);
  });

  it('says what was set, in words', () => {
    expect(of({ params: { fast: 9, slow: 20 }, detailTimeframe: '5m' })).toEqual([
      { label: 'fast', from: '5', to: '9' },
      { label: 'Inside a candle', from: '–', to: '5m' },
    ]);
    expect(of({ config: { ...DEFAULT_CONFIG, slippage: { kind: 'bps', bps: 2 }, shorting: true } })).toEqual([
      { label: 'Slippage', from: 'none', to: 'bps 2' },
      { label: 'Short selling', from: 'no', to: 'yes' },
    ]);
  });

  it('tells lists of funding and rules apart without showing them', () => {
    const market = SETUP.markets[0]!;
    const [paid] = of({ markets: [{ ...market, funding: [[SETUP.fromMs, 0.0001]] }] });
    expect(paid).toMatchObject({ label: 'BTC/USDT: Funding', from: '–' });
    expect(paid?.to).toMatch(/^1 payments, \w{4}$/);
    const [rule] = of({ strategy: { name: 'EMA cross', timeframe: '1h', entry: { long: 'fast >= slow' } } });
    expect(rule?.label).toBe('entry of the strategy');
    expect(rule?.from).not.toBe(rule?.to);
  });

  it('names whose setting it is when several strategies share the account', () => {
    const one = { id: 'trend', strategy: { name: 'Trend' }, params: { fast: 5 }, timeframe: '4h' } as const;
    const rest = { fromMs: SETUP.fromMs, toMs: SETUP.toMs, symbols: ['BTC/USDT'] };
    const shared = (allocation: number | null, fast: number): RunSetup => ({
      ...SETUP,
      strategy: null,
      strategyId: 'trend + scalp',
      params: {},
      strategies: [
        { ...one, ...rest, params: { fast }, allocation },
        { ...one, ...rest, id: 'scalp', strategy: null, params: {}, timeframe: '1h', allocation: null },
      ],
    });
    expect(strategyNames(shared(0.5, 5))).toEqual(['Trend', 'scalp']);
    expect(parameterWords(shared(0.5, 5))).toBe('trend: fast 5');
    expect(whereAndWhen(shared(0.5, 5), 'UTC')).toBe('BTC/USDT · 4h, 1h · 2026-10-01 00:00 to 2026-11-01 00:00');
    expect(settingDifferences(shared(0.5, 5), shared(0.25, 9), 'UTC')).toEqual([
      { label: 'trend: fast', from: '5', to: '9' },
      { label: 'trend: Share of the deposit', from: '50 %', to: '25 %' },
    ]);
  });
});
