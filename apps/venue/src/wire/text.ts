import type { ListedMarket } from './markets.js';
import { bigToText, toText, type ExactSum } from '../replay/decimal.js';

/** Ticks as price text. */
export const priceText = (listed: ListedMarket, ticks: number): string => toText(ticks, listed.priceDecimals);

/** Steps as quantity text. */
export const quantityText = (listed: ListedMarket, steps: number): string => toText(steps, listed.quantityDecimals);

/** A sum of tick × step as quote text. */
export const quoteText = (listed: ListedMarket, sum: ExactSum): string =>
  bigToText(sum.toBigInt(), listed.priceDecimals + listed.quantityDecimals);

/** Volume-weighted average price: quote ÷ volume, eight decimals, the rest cut off. */
export function averageText(listed: ListedMarket, quote: ExactSum, volumeSteps: number): string {
  return bigToText((quote.toBigInt() * 10n ** 8n) / BigInt(volumeSteps), listed.priceDecimals + 8);
}
