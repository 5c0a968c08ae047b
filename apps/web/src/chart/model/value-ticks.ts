import { ticks, tickStep } from 'd3-array';
import type { ValueScale } from './value-scale.js';

export interface ValueTick {
  readonly value: number;
  /** Pixels from the top of the chart. */
  readonly y: number;
  readonly label: string;
}

/** Largest of 1, 2, 5 × 10^k that is at most `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const lead = step / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}

/** Round values about `pxApart` pixels from each other over the range of `scale`, bottom first. */
function roundValues(scale: ValueScale, pxApart: number): number[] {
  const count = Math.max(2, Math.floor(scale.height / pxApart));
  if (!scale.log || scale.high / scale.low < 1.5) return ticks(scale.low, scale.high, count);
  // Even steps in the logarithm, each rounded to what is a round number at its height.
  const values: number[] = [];
  const ratio = (scale.high / scale.low) ** (1 / count);
  for (let index = 0; index <= count; index++) {
    const raw = scale.low * ratio ** index;
    // At most half the way to the next one, so that two never round to nearly the same place.
    const step = niceStep(raw * Math.min(1, (ratio - 1) / 2));
    const value = Math.round(raw / step) * step;
    if (value >= scale.low && value <= scale.high && value !== values.at(-1)) values.push(value);
  }
  return values;
}

/** Ticks of an axis, at round values not nearer than about `pxApart`; `format` writes the label. */
export function valueTicks(scale: ValueScale, pxApart: number, format: (value: number) => string): ValueTick[] {
  return roundValues(scale, pxApart).map((value) => ({ value, y: scale.y(value), label: format(value) }));
}

/** Ticks of a percent axis: round percentages of the way from `base`. */
export function percentTicks(scale: ValueScale, pxApart: number, base: number): ValueTick[] {
  const low = (scale.low / base - 1) * 100;
  const high = (scale.high / base - 1) * 100;
  const count = Math.max(2, Math.floor(scale.height / pxApart));
  const decimals = Math.max(0, -Math.floor(Math.log10(tickStep(low, high, count)) + 1e-9));
  return ticks(low, high, count).map((percent) => {
    const value = base * (1 + percent / 100);
    return { value, y: scale.y(value), label: formatPercent(percent / 100, decimals) };
  });
}

/** `0.0123` as `+1.23%`; zero has no sign. */
export function formatPercent(ratio: number, decimals = 2): string {
  const text = Math.abs(ratio * 100).toFixed(decimals);
  const sign = Number(text) === 0 ? '' : ratio > 0 ? '+' : '−';
  return `${sign}${text}%`;
}
