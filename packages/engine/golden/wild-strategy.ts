import { number } from '../src/indicators/params.js';
import type { Bracket, Intent, PlaceIntent, Size } from '../src/messages.js';
import { defineStrategy, NO_INTENTS, type StrategyContext } from '../src/runner/strategy.js';

/** A number in [0, 1) that depends on its arguments alone (mulberry32). */
export function chance(seed: number, index: number, salt: number): number {
  let t = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0x6d2b79f5) + Math.imul(salt + 1, 0xc2b2ae35);
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

function wildIntent(context: StrategyContext, seed: number): PlaceIntent {
  const draw = (salt: number): number => chance(seed, context.index * 7 + context.market, salt);
  const close = context.candles.close[context.index]!;
  const side = draw(1) < 0.5 ? 'buy' : 'sell';
  const away = (salt: number): number => close * (1 + (draw(salt) - 0.5) * 0.04);
  const sizes: readonly Size[] = [
    { kind: 'quantity', quantity: (context.equity * draw(2)) / close },
    { kind: 'spend', quote: Math.max(1, context.buyingPower * draw(3)) },
    { kind: 'position' },
  ];
  const brackets: readonly (Bracket | null)[] = [
    null,
    { stop: { kind: 'offset', ratio: 0.01 } },
    { stop: { kind: 'offset', ratio: 0.02 }, targets: [{ at: { kind: 'offset', ratio: 0.01 }, share: 1 }] },
    {
      stop: { kind: 'price', price: away(4) },
      trail: { kind: 'ratio', ratio: 0.015 },
      targets: [
        { at: { kind: 'offset', ratio: 0.005 }, share: 0.3 },
        { at: { kind: 'price', price: away(5) }, share: 0.4 },
      ],
    },
  ];
  const bracket = brackets[Math.floor(draw(6) * brackets.length)] ?? null;
  const base = {
    kind: 'place',
    symbol: context.symbol,
    side,
    size: sizes[Math.floor(draw(7) * sizes.length)]!,
    tag: 'wild',
    reduceOnly: draw(8) < 0.2,
    ...(bracket === null ? {} : { bracket }),
    ...(draw(9) < 0.3 ? { ocoGroup: 'both' } : {}),
  } as const;
  const kinds: readonly PlaceIntent[] = [
    { ...base, type: 'market' },
    { ...base, type: 'limit', limitPrice: away(10) },
    { ...base, type: 'stop', stopPrice: away(11) },
    { ...base, type: 'stop-limit', stopPrice: away(12), limitPrice: away(13) },
    { ...base, type: 'trailing-stop', trail: { kind: 'distance', distance: close * 0.01 } },
  ];
  return kinds[Math.floor(draw(14) * kinds.length)]!;
}

/** Does anything an intent can say, by a seed and the candle's index alone. For properties, not for money. */
export const wildStrategy = defineStrategy({
  id: 'wild',
  title: 'Every kind of order',
  params: { seed: number('Seed', 1, 0, 2 ** 31, 1) },
  warmup: () => 1,
  create: (_setup, { seed }) => ({
    onCandle: (context) => {
      const roll = chance(seed, context.index, context.market);
      if (roll < 0.5) return NO_INTENTS;
      if (roll < 0.6) return [{ kind: 'cancel-all', symbol: context.symbol }] satisfies readonly Intent[];
      if (roll < 0.65) {
        const orderId = context.ordersOf(context.symbol)[0];
        return orderId === undefined ? NO_INTENTS : [{ kind: 'cancel', orderId }];
      }
      return roll < 0.85
        ? [wildIntent(context, seed)]
        : [wildIntent(context, seed), { ...wildIntent(context, seed + 1), symbol: context.symbol }];
    },
  }),
});
