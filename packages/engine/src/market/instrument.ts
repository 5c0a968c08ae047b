import { assert, err, ok, type Result } from '@wickworks/core';

/** What a venue says about one market. All money in the quote currency. */
export interface InstrumentRules {
  /** CCXT's unified spelling, `BTC/USDT`. */
  readonly symbol: string;
  /** Prices are multiples of this. */
  readonly tickSize: number;
  /** Quantities (base units) are multiples of this. */
  readonly lotSize: number;
  /** Smallest price × quantity an order may have unless it only reduces a position. */
  readonly minNotional: number;
  /** Fee of a fill that rested in the book, basis points of its notional, ≥ 0. */
  readonly makerFeeBps: number;
  /** Fee of a fill that took from the book, basis points of its notional, ≥ 0. */
  readonly takerFeeBps: number;
}

/** A rule that cannot be worked with; `field` names it. */
export interface InstrumentFault {
  readonly kind: 'bad-instrument';
  readonly symbol: string;
  readonly field: keyof InstrumentRules;
  readonly reason: string;
}

/** Finest price or quantity step understood: 10^-12. */
const DECIMALS_MAX = 12;
/** Keeps every notional of a ledger of up to 10^12 quote below 2^100 units. */
const DECIMALS_TOGETHER_MAX = 18;
/** Fees are whole multiples of 10^-8 of the notional, that is of 10^-4 basis points. */
const FEE_UNITS_PER_BPS = 10_000;

/**
 * A market's rules in integers: prices count `10^-priceDecimals` quote, quantities `10^-quantityDecimals` base, so
 * that rounding to tick and lot and every product of the ledger are exact.
 */
export interface Instrument {
  readonly rules: InstrumentRules;
  readonly symbol: string;
  readonly priceDecimals: number;
  readonly priceScale: number;
  readonly tickUnits: number;
  readonly quantityDecimals: number;
  readonly quantityScale: number;
  readonly lotUnits: number;
  /** Fees as whole multiples of 10^-8 of the notional. */
  readonly makerFeeE8: number;
  readonly takerFeeE8: number;
  /** What price units × quantity units are multiplied with for a fee in 10^-8 quote. */
  readonly makerFee: Fraction;
  readonly takerFee: Fraction;
}

/** Whole numbers without a common divisor. */
interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** The rules in integers, or the first field that is out of bounds. */
export function instrumentOf(rules: InstrumentRules): Result<Instrument, InstrumentFault> {
  const fault = (field: keyof InstrumentRules, reason: string): Result<Instrument, InstrumentFault> =>
    err({ kind: 'bad-instrument', symbol: rules.symbol, field, reason });
  const priceDecimals = decimalsOf(rules.tickSize);
  if (priceDecimals === null) return fault('tickSize', `must be positive with at most ${DECIMALS_MAX} decimals`);
  const quantityDecimals = decimalsOf(rules.lotSize);
  if (quantityDecimals === null) return fault('lotSize', `must be positive with at most ${DECIMALS_MAX} decimals`);
  if (priceDecimals + quantityDecimals > DECIMALS_TOGETHER_MAX)
    return fault('lotSize', `tick and lot have at most ${DECIMALS_TOGETHER_MAX} decimals together`);
  if (!(rules.minNotional >= 0 && rules.minNotional < Infinity)) return fault('minNotional', 'must be 0 or more');
  for (const field of ['makerFeeBps', 'takerFeeBps'] as const) {
    const units = rules[field] * FEE_UNITS_PER_BPS;
    if (!(units >= 0 && units <= 1e8)) return fault(field, 'must lie in 0..10000');
    if (Math.abs(units - Math.round(units)) > 1e-6) return fault(field, 'has at most 4 decimals');
  }
  const priceScale = 10 ** priceDecimals;
  const quantityScale = 10 ** quantityDecimals;
  const makerFeeE8 = Math.round(rules.makerFeeBps * FEE_UNITS_PER_BPS);
  const takerFeeE8 = Math.round(rules.takerFeeBps * FEE_UNITS_PER_BPS);
  return ok({
    rules,
    symbol: rules.symbol,
    priceDecimals,
    priceScale,
    tickUnits: Math.round(rules.tickSize * priceScale),
    quantityDecimals,
    quantityScale,
    lotUnits: Math.round(rules.lotSize * quantityScale),
    makerFeeE8,
    takerFeeE8,
    makerFee: reduced(makerFeeE8, priceScale * quantityScale),
    takerFee: reduced(takerFeeE8, priceScale * quantityScale),
  });
}

/** Small factors keep products exact in float64 for longer. */
function reduced(numerator: number, denominator: number): Fraction {
  let [divisor, rest] = [denominator, numerator];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function decimalsOf(value: number): number | null {
  if (!(value > 0 && value < 1e9)) return null;
  for (let decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
    const scale = 10 ** decimals;
    const whole = Math.round(value * scale);
    if (whole > 0 && whole / scale === value) return decimals;
  }
  return null;
}

/** Quote price of `units`: the float64 nearest to the decimal. */
export const priceOf = (instrument: Instrument, units: number): number => units / instrument.priceScale;

/** Base quantity of `units`: the float64 nearest to the decimal. */
export const quantityOf = (instrument: Instrument, units: number): number => units / instrument.quantityScale;

/** Which way a number that is no whole multiple goes. */
export type Rounding = 'down' | 'up' | 'nearest';

/** Price in units, on the tick. */
export function priceUnits(instrument: Instrument, price: number, rounding: Rounding): number {
  return steps((price * instrument.priceScale) / instrument.tickUnits, rounding) * instrument.tickUnits;
}

/** Most units of a price, a quantity or a sum in 10^-8 quote: all of them, and a lot or a fee more, are exact float64. */
export const UNITS_MAX = 9e15;

/** Quantity in units, whole lots, never more than asked, nor more than can be counted. */
export function quantityUnits(instrument: Instrument, quantity: number): number {
  const units = Math.min(quantity * instrument.quantityScale, UNITS_MAX);
  return steps(units / instrument.lotUnits, 'down') * instrument.lotUnits;
}

/** Noise of one float64 product must not cost a tick: 0.29 × 100 is 28.999999999999996 and means 29. */
function steps(value: number, rounding: Rounding): number {
  const nearest = Math.round(value);
  assert(Number.isSafeInteger(nearest), 'prices and quantities fit safe integers');
  if (rounding === 'nearest' || Math.abs(value - nearest) <= 1e-12 * Math.abs(value) + 1e-9) return nearest;
  return rounding === 'up' ? Math.ceil(value) : Math.floor(value);
}
