import { asianRange } from './examples/asian-range.js';
import { breakoutDonchian } from './examples/breakout-donchian.js';
import { dcaWeekly } from './examples/dca-weekly.js';
import { gridAverageDown } from './examples/grid-average-down.js';
import { guardedScalper } from './examples/guarded-scalper.js';
import { kellyReversal } from './examples/kelly-reversal.js';
import { ladderTrailing } from './examples/ladder-trailing.js';
import { meanReversionRsi } from './examples/mean-reversion-rsi.js';
import { momentumRotation } from './examples/momentum-rotation.js';
import { multiTimeframeMacd } from './examples/multi-timeframe-macd.js';
import { patientDip } from './examples/patient-dip.js';
import { relativeStrength } from './examples/relative-strength.js';
import { squeezeBreakout } from './examples/squeeze-breakout.js';
import { stopLimitBreakout } from './examples/stop-limit-breakout.js';
import { trendEmaCross } from './examples/trend-ema-cross.js';
import type { StrategyDocument } from './document.js';

/** A strategy that comes along: a whole one of its kind, to read, run and change. */
export interface StrategyExampleDefinition {
  readonly id: string;
  readonly document: StrategyDocument;
}

const EXAMPLES: readonly StrategyExampleDefinition[] = [
  { id: 'asian-range', document: asianRange },
  { id: 'breakout-donchian', document: breakoutDonchian },
  { id: 'dca-weekly', document: dcaWeekly },
  { id: 'grid-average-down', document: gridAverageDown },
  { id: 'guarded-scalper', document: guardedScalper },
  { id: 'kelly-reversal', document: kellyReversal },
  { id: 'ladder-trailing', document: ladderTrailing },
  { id: 'mean-reversion-rsi', document: meanReversionRsi },
  { id: 'momentum-rotation', document: momentumRotation },
  { id: 'multi-timeframe-macd', document: multiTimeframeMacd },
  { id: 'patient-dip', document: patientDip },
  { id: 'relative-strength', document: relativeStrength },
  { id: 'squeeze-breakout', document: squeezeBreakout },
  { id: 'stop-limit-breakout', document: stopLimitBreakout },
  { id: 'trend-ema-cross', document: trendEmaCross },
];

/** The built-in examples, by id. */
export const listExamples = (): readonly StrategyExampleDefinition[] => EXAMPLES;
