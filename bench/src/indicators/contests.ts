/** Candles of the race. */
export const COUNT = 1_000_000;
export const OURS = 'wickworks';

/** Indicators with their parameters, and who else has them. */
export const contests = {
  sma: { params: { period: 20 }, rivals: ['trading-signals', 'indicatorts'] },
  ema: { params: { period: 20 }, rivals: ['trading-signals', 'indicatorts'] },
  rsi: { params: { period: 14 }, rivals: ['trading-signals', 'indicatorts'] },
  macd: { params: {}, rivals: ['trading-signals', 'indicatorts'] },
  bbands: { params: { period: 20 }, rivals: ['trading-signals', 'indicatorts'] },
  atr: { params: { period: 14 }, rivals: ['trading-signals', 'indicatorts'] },
  stoch: { params: { period: 14 }, rivals: ['trading-signals', 'indicatorts'] },
  adx: { params: { period: 14 }, rivals: ['trading-signals'] },
} as const;
export type IndicatorId = keyof typeof contests;
export const indicatorIds = Object.keys(contests) as IndicatorId[];
