import { DEFAULT_CONFIG, type RunSetup } from '@wickworks/engine';
import { describe, expect, it } from 'vitest';
import { intrabarWords } from './intrabar-words.js';

const SETUP: RunSetup = {
  strategy: null,
  strategyId: 'x',
  params: {},
  markets: [],
  timeframe: '1h',
  detailTimeframe: '5m',
  fromMs: 0,
  toMs: 1,
  config: DEFAULT_CONFIG,
  engineVersion: '1',
};

describe('what decided inside candles', () => {
  it.each([
    [
      { trades: 75, detail: 20, candles: 5 },
      'Of 100 candles in which orders could fill, stored trades decided 75 (75 %), 5m candles 20 (20 %), in 5 (5 %) the worse order was assumed.',
    ],
    [{ trades: 0, detail: 3, candles: 0 }, 'Of 3 candles in which orders could fill, 5m candles decided 3 (100 %).'],
    [{ trades: 0, detail: 0, candles: 0 }, 'Nothing could happen inside a candle: no order was open in one.'],
    [null, 'Inside a candle 5m candles decided what came first; where there were none, the worse order was assumed.'],
  ])('is said in a sentence: %j', (intrabar, words) => {
    expect(intrabarWords({ intrabar, setup: SETUP })).toBe(words);
  });

  it('says so when nothing finer was at hand', () => {
    const words = intrabarWords({ intrabar: null, setup: { ...SETUP, detailTimeframe: null } });
    expect(words).toContain('the worse order was assumed');
  });
});
