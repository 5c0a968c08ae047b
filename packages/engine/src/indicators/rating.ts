import { defineIndicator, histogram, line } from './define.js';
import { middle, subtract } from './kernel/arithmetic.js';
import { ema, volumeWeighted } from './kernel/averages.js';
import type { Series } from './kernel/graph.js';
import { hull } from './kernel/hull.js';
import { commodityChannel, percentRange, rsi, stochastic, ultimateOscillator } from './kernel/oscillator.js';
import {
  averageVote,
  awesomeVote,
  convergenceVote,
  directionVote,
  extremeVote,
  ichimokuVote,
  meanVote,
  momentumVote,
  powerVote,
  stochasticRsiVote,
  turningVote,
} from './kernel/rating.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { sma } from './kernel/window-sum.js';

export const ratingIndicator = defineIndicator({
  id: 'rating',
  title: 'Technical Rating',
  group: 'trend',
  params: {},
  outputs: {
    all: histogram('Rating'),
    averages: line('Moving averages', 'secondary'),
    oscillators: line('Oscillators', 'tertiary'),
  },
  levels: [-0.5, -0.1, 0.1, 0.5],
  formula:
    "Mean vote (1 buy, −1 sell) of 15 averages and of 11 oscillators and the mean of both, as TradingView's technical summary.",
  create: (g) => {
    const { close } = g;
    const simple = [10, 20, 30, 50, 100, 200].map((span) => averageVote(close, sma(g, close, span)));
    const exponential = [10, 20, 30, 50, 100, 200].map((span) => averageVote(close, ema(g, close, span)));
    const midpoint = (span: number): Series => middle(g, windowMax(g, g.high, span), windowMin(g, g.low, span));
    const conversion = midpoint(9);
    const base = midpoint(26);
    const averages = [
      ...simple,
      ...exponential,
      ichimokuVote(close, conversion, base, middle(g, conversion, base), midpoint(52)),
      averageVote(close, volumeWeighted(g, close, 20)),
      averageVote(close, hull(g, close, 9)),
    ];
    const trend = subtract(g, close, ema(g, close, 50));
    const k = sma(g, stochastic(g, close, g.high, g.low, 14), 3);
    const ultimate = ultimateOscillator(g, 7, 14, 28);
    const oscillators = [
      turningVote(rsi(g, close, 14), 30, 70),
      extremeVote(k, sma(g, k, 3)),
      turningVote(commodityChannel(g, close, 20), -100, 100),
      directionVote(g),
      awesomeVote(g),
      momentumVote(g),
      convergenceVote(g),
      stochasticRsiVote(g, trend),
      turningVote(percentRange(g, 14), -80, -20),
      powerVote(g, trend),
      (i: number): number => (ultimate.values[i]! > 70 ? 1 : ultimate.values[i]! < 30 ? -1 : 0),
    ];
    const slowest = 199; // the 200-candle averages are the last to begin
    const ofAverages = meanVote(g, slowest, averages);
    const ofOscillators = meanVote(g, slowest, oscillators);
    return { all: middle(g, ofAverages, ofOscillators), averages: ofAverages, oscillators: ofOscillators };
  },
});
