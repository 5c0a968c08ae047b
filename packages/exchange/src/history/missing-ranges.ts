import { closeTimeOf, type Gap, type Timeframe } from '@wickworks/core';

/**
 * What of `[fromMs, toMs)` is neither stored nor known to be absent at the source, ascending. `stored` says where
 * a series begins, ends (open time of its last candle) and has gaps; `absent` are source gaps, ascending.
 */
export function missingRanges({
  fromMs,
  toMs,
  timeframe,
  stored,
  absent,
}: {
  fromMs: number;
  toMs: number;
  timeframe: Timeframe;
  stored: { readonly fromMs: number; readonly toMs: number; readonly gaps: readonly Gap[] } | null;
  absent: readonly Gap[];
}): Gap[] {
  const open: Gap[] =
    stored === null
      ? [[fromMs, toMs]]
      : [[fromMs, stored.fromMs], ...stored.gaps, [closeTimeOf(timeframe, stored.toMs), toMs]];
  return open
    .map(([from, to]): Gap => [Math.max(from, fromMs), Math.min(to, toMs)])
    .flatMap((range) => subtract(range, absent))
    .filter(([from, to]) => from < to);
}

/** What of `range` lies in none of `absent` (ascending); pieces may be empty. */
export function subtract(range: Gap, absent: readonly Gap[]): Gap[] {
  const rest: Gap[] = [];
  let [fromMs] = range;
  for (const [absentFrom, absentTo] of absent) {
    if (absentTo <= fromMs || absentFrom >= range[1]) continue;
    rest.push([fromMs, absentFrom]);
    fromMs = absentTo;
  }
  rest.push([fromMs, range[1]]);
  return rest;
}
