import type { Fill } from '../messages.js';
import { sum } from './moments.js';

/** Quote lost to slippage over all fills, against the prices without it. */
export const slippagePaid = (fills: readonly Fill[]): number => sum(fills.map(({ slippageQuote }) => slippageQuote));
