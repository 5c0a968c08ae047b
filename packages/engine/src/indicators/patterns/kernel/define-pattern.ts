import { defineIndicator, type IndicatorDefinition } from '../../define.js';
import { number, type ParamSpecs } from '../../params.js';
import { SETTINGS, Shapes, type SettingName } from './shapes.js';

export interface PatternInput {
  readonly id: string;
  readonly title: string;
  /** TA-Lib's function. */
  readonly talib: string;
  /** Settings the rule compares with. */
  readonly settings: readonly SettingName[];
  /** Oldest candle the rule looks at, by age. */
  readonly back: number;
  /** How far a later candle must reach into an earlier body, as a share of it, where the rule has such. */
  readonly penetration?: number;
  /** 100 (bullish) to −100 (bearish), 200 when confirmed, 0 for no pattern at the candle. */
  find(candles: Shapes, penetration: number): number;
}

/** Declares a candlestick pattern with TA-Lib's rule, settings and warm-up. */
export function definePattern(input: PatternInput): IndicatorDefinition {
  const begin = Math.max(0, ...input.settings.map((name) => SETTINGS[name].period)) + input.back;
  const find = (shapes: Shapes, penetration: number): number => input.find(shapes, penetration);
  const params: ParamSpecs =
    input.penetration === undefined ? {} : { penetration: number('Penetration', input.penetration, 0, 10, 0.05) };
  return defineIndicator({
    id: input.id,
    title: input.title,
    group: 'pattern',
    params,
    outputs: { signal: { title: input.title, plot: 'markers', role: 'sign' } },
    pane: 'price',
    formula: `Rule and default candle settings of TA-Lib's ${input.talib}: 100 bullish, −100 bearish, 0 none.`,
    talib: {
      name: input.talib,
      params: input.penetration === undefined ? {} : { penetration: 'penetration' },
      defaults: {},
    },
    create: (g, values) => {
      const shapes = new Shapes(g, input.settings);
      const penetration = Number(values['penetration'] ?? 0);
      return {
        signal: g.derive(begin, (from, to, out) => {
          for (let i = from; i < to; i++) {
            shapes.index = i;
            out[i] = find(shapes, penetration);
          }
        }),
      };
    },
  });
}
