import { defineIndicator, line, talib } from './define.js';
import { ultimateOscillator } from './kernel/oscillator.js';
import { period } from './params.js';

export const ultoscIndicator = defineIndicator({
  id: 'ultosc',
  title: 'Ultimate Oscillator',
  group: 'momentum',
  params: {
    short: period(7, 1, 'Short period'),
    middle: period(14, 1, 'Middle period'),
    long: period(28, 1, 'Long period'),
  },
  outputs: { ultosc: line('Ultimate oscillator') },
  levels: [30, 50, 70],
  formula: 'Buying pressure / true range over three periods, weighted 4 : 2 : 1, Williams 1976.',
  talib: talib('ULTOSC', { timePeriod1: 'short', timePeriod2: 'middle', timePeriod3: 'long' }),
  create: (g, p) => {
    const [short, middle, long] = [p.short, p.middle, p.long].sort((a, b) => a - b) as [number, number, number];
    return { ultosc: ultimateOscillator(g, short, middle, long) };
  },
});
