import { bbandsIndicator } from '../src/indicators/bbands.js';
import { smaIndicator } from '../src/indicators/sma.js';
import { number, period } from '../src/indicators/params.js';
import type { Intent } from '../src/messages.js';
import { defineStrategy, NO_INTENTS, type StrategyContext } from '../src/runner/strategy.js';

const enter = (context: StrategyContext): readonly Intent[] => [
  {
    kind: 'place',
    type: 'market',
    symbol: context.symbol,
    side: 'buy',
    size: { kind: 'spend', quote: context.buyingPower },
    tag: 'enter',
  },
];

const leave = (context: StrategyContext): readonly Intent[] => [
  { kind: 'place', type: 'market', symbol: context.symbol, side: 'sell', size: { kind: 'position' }, tag: 'leave' },
];

/** A position still open is closed at the open of the candle at this index; −1: never. */
const closeAt = number('Close at candle', -1, -1, 1e9, 1);

/** Long with everything while the fast average of closes is above the slow one, from its crossing on. */
export const smaCross = defineStrategy({
  id: 'sma-cross',
  title: 'SMA cross',
  params: { fast: period(20), slow: period(50), closeAt },
  warmup: ({ slow }) => slow,
  create: (setup, params) => {
    const symbol = setup.symbols[0]!;
    const fast = setup.indicator(symbol, smaIndicator, { period: params.fast, source: 'close' })['sma']!;
    const slow = setup.indicator(symbol, smaIndicator, { period: params.slow, source: 'close' })['sma']!;
    return {
      onCandle: (context) => {
        const i = context.index;
        const isHolding = context.position > 0;
        if (isHolding && i === params.closeAt - 1) return leave(context);
        const was = fast.values[i - 1]! - slow.values[i - 1]!;
        const is = fast.values[i]! - slow.values[i]!;
        if (was < 0 && is > 0 && !isHolding) return enter(context);
        if (was > 0 && is < 0 && isHolding) return leave(context);
        return NO_INTENTS;
      },
    };
  },
});

/** Long with everything above the upper Bollinger band, out below the middle. */
export const bollinger = defineStrategy({
  id: 'bollinger',
  title: 'Bollinger breakout',
  params: { period: period(20), closeAt },
  warmup: (params) => params.period - 1,
  create: (setup, params) => {
    const bands = setup.indicator(setup.symbols[0]!, bbandsIndicator, {
      period: params.period,
      up: 2,
      down: 2,
      type: 'sma',
      source: 'close',
    });
    return {
      onCandle: (context) => {
        const i = context.index;
        const close = context.candles.close[i]!;
        const isHolding = context.position > 0;
        if (isHolding && i === params.closeAt - 1) return leave(context);
        if (!isHolding && close > bands['upper']!.values[i]!) return enter(context);
        if (isHolding && close < bands['middle']!.values[i]!) return leave(context);
        return NO_INTENTS;
      },
    };
  },
});
