import { defineIndicator, dots, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { acceleration, parabolic } from './kernel/parabolic.js';
import { number } from './params.js';

export const sarextIndicator = defineIndicator({
  id: 'sarext',
  title: 'Parabolic SAR (extended)',
  group: 'trend',
  params: {
    start: number('Start value', 0, -1e12, 1e12, 1),
    offset: number('Offset on reversal', 0, 0, 10, 0.01),
    initialLong: number('First acceleration, long', 0.02, 0, 10, 0.01),
    stepLong: number('Acceleration, long', 0.02, 0, 10, 0.01),
    maximumLong: number('Largest acceleration, long', 0.2, 0, 10, 0.01),
    initialShort: number('First acceleration, short', 0.02, 0, 10, 0.01),
    stepShort: number('Acceleration, short', 0.02, 0, 10, 0.01),
    maximumShort: number('Largest acceleration, short', 0.2, 0, 10, 0.01),
  },
  outputs: { sarext: dots('SAR', 'sign') },
  pane: 'price',
  formula: 'SAR with its own accelerations per direction; negative while short (TA-Lib).',
  talib: talib('SAREXT', {
    startValue: 'start',
    offsetOnReverse: 'offset',
    accelerationInitLong: 'initialLong',
    accelerationLong: 'stepLong',
    accelerationMaxLong: 'maximumLong',
    accelerationInitShort: 'initialShort',
    accelerationShort: 'stepShort',
    accelerationMaxShort: 'maximumShort',
  }),
  create: (g, p) => {
    const { sar, direction } = parabolic(g, {
      start: p.start,
      offset: p.offset,
      long: acceleration(p.initialLong, p.stepLong, p.maximumLong),
      short: acceleration(p.initialShort, p.stepShort, p.maximumShort),
    });
    return { sarext: map2(g, sar, direction, (stop, side) => stop * side) };
  },
});
