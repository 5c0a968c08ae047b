import type { SignalView } from '@wickworks/contracts';
import { StrategyView } from '@wickworks/contracts';
import { listExamples } from '@wickworks/engine';
import { expect, it } from 'vitest';
import { isBuying, marksOf } from './signal-marks.js';

const MINUTE_MS = 60_000;
const strategy = StrategyView.parse({
  id: 's1',
  name: 'Mine',
  version: 1,
  document: listExamples()[0]?.document,
  createdMs: 0,
  updatedMs: 0,
  running: [],
  fault: null,
});
const signal = (openTimeMs: number, action: SignalView['action'], price: number): SignalView => ({
  strategyId: 's1',
  exchange: 'local',
  symbol: 'BTC/USDT',
  timeframe: '15m',
  openTimeMs,
  action,
  price,
  reason: 'rule',
});

it('marks signals in the order of time, in the last millisecond of their candle, up for buying', () => {
  const signals = [
    signal(45 * MINUTE_MS, 'exit-short', 4),
    signal(30 * MINUTE_MS, 'enter-short', 3),
    signal(15 * MINUTE_MS, 'exit-long', 2),
    signal(0, 'enter-long', 1),
  ];
  const [marks] = marksOf([{ strategy, signals }]);
  expect([...(marks?.times ?? [])]).toEqual([15, 30, 45, 60].map((minute) => minute * MINUTE_MS - 1));
  expect([...(marks?.values ?? [])]).toEqual([1, 2, 3, 4]);
  expect([...(marks?.shapes ?? [])]).toEqual([1, 2, 2, 1]);
  expect(signals.map(isBuying)).toEqual([true, false, false, true]);
});
