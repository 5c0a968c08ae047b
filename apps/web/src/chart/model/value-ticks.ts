import { ticks, tickStep } from 'd3-array';
import type { ValueScale } from './value-scale.js';

export interface ValueTick {
  readonly value: number;
  /** Pixels from the top of the chart. */
  readonly y: number;
  readonly label: string;
}

/** Ticks of an axis at round values, bottom first, about `pxApart` from each other; `format` writes the label. */
export function valueTicks(scale: ValueScale, pxApart: number, format: (value: number) => string): ValueTick[] {
  const ticks: ValueTick[] = [];
  for (const value of scale.ticks(tickCount(scale, pxApart))) {
    const y = scale.y(value);
    // Those of a logarithmic scale crowd below each power of ten.
    if ((ticks.at(-1)?.y ?? Infinity) - y >= pxApart / 2) ticks.push({ value, y, label: format(value) });
  }
  return ticks;
}

const tickCount = (scale: ValueScale, pxApart: number): number => Math.max(2, Math.floor(scale.height / pxApart));

/** Ticks of a percent axis: round percentages of the way from `base`. */
export function percentTicks(scale: ValueScale, pxApart: number, base: number): ValueTick[] {
  const low = (scale.low / base - 1) * 100;
  const high = (scale.high / base - 1) * 100;
  const count = tickCount(scale, pxApart);
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
