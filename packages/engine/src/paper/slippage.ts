import { unreachable } from '@wickworks/core';

/** How much worse than the quoted price an order that takes liquidity fills. */
export type SlippageModel =
  | { readonly kind: 'none' }
  /** A fixed share of the price. */
  | { readonly kind: 'bps'; readonly bps: number }
  /** Half of a constant bid-ask spread. */
  | { readonly kind: 'half-spread'; readonly spreadBps: number }
  /** `impact × (quantity ÷ candle volume)²`, as Zipline's VolumeShareSlippage (its default impact: 0.1). */
  | { readonly kind: 'volume-share'; readonly impact: number }
  /**
   * `coefficient × σ × √(quantity ÷ candle volume)`, the square-root law of market impact (Almgren et al., "Direct
   * Estimation of Equity Market Impact", 2005; Tóth et al., 2011), σ being the candle's own volatility after
   * Parkinson: `ln(high ÷ low) ÷ (2 √ln 2)`.
   */
  | { readonly kind: 'square-root'; readonly coefficient: number };

export interface SlippageInput {
  /** Base units. */
  readonly quantity: number;
  readonly volume: number;
  readonly high: number;
  readonly low: number;
}

const PARKINSON = 2 * Math.sqrt(Math.LN2);

/** Slippage as a ratio of the price, 0 or more; without volume the whole candle counts as ours (share 1). */
export function slippageRatio(model: SlippageModel, input: SlippageInput): number {
  switch (model.kind) {
    case 'none':
      return 0;
    case 'bps':
      return model.bps / 10_000;
    case 'half-spread':
      return model.spreadBps / 20_000;
    case 'volume-share':
      return model.impact * share(input) ** 2;
    case 'square-root':
      return model.coefficient * (Math.log(input.high / input.low) / PARKINSON) * Math.sqrt(share(input));
    default:
      return unreachable(model);
  }
}

const share = (input: SlippageInput): number => (input.volume > 0 ? Math.min(1, input.quantity / input.volume) : 1);

/** Why a model cannot be used, or null. */
export function slippageFault(model: SlippageModel): string | null {
  const value =
    model.kind === 'none'
      ? 0
      : model.kind === 'bps'
        ? model.bps
        : model.kind === 'half-spread'
          ? model.spreadBps
          : model.kind === 'volume-share'
            ? model.impact
            : model.coefficient;
  return value >= 0 && value < 10_000 ? null : 'must be a number of 0 or more';
}
