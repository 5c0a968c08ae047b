export * from './candle-frame.js';
export * from './candles.js';
export * from './datasets.js';
export * from './exchanges.js';
export * from './health.js';
export * from './indicators.js';
export * from './problem.js';
export * from './ws-ohlcv.js';
