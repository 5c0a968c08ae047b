import {
  assert,
  candlesBetween,
  openTimeAt,
  shiftOpenTime,
  timeframeMs,
  type Gap,
  type Timeframe,
} from '@wickworks/core';

/*
 * Open times as runs: a series without holes is one run whatever its length. Varints: ordinal of the first
 * candle, then run length, skipped candles, run length … The same bytes are the index of the gaps.
 */

/** How many candles of `timeframe` open between the one that contains the epoch and `openTimeMs`. */
export const ordinalOf = (timeframe: Timeframe, openTimeMs: number): number =>
  candlesBetween(timeframe, openTimeAt(timeframe, 0), openTimeMs);

/** Open time (ms UTC) of the candle with this ordinal. */
export const openTimeOf = (timeframe: Timeframe, ordinal: number): number =>
  shiftOpenTime(timeframe, openTimeAt(timeframe, 0), ordinal);

/** The first `count` of `times`: ascending open times of `timeframe`. */
export function encodeTimes(times: Float64Array, count: number, timeframe: Timeframe): Uint8Array {
  assert(count > 0, 'a block holds at least one candle');
  const bytes: number[] = [];
  let previous = ordinalOf(timeframe, times[0]!);
  pushVarint(bytes, previous);
  let length = 1;
  for (let index = 1; index < count; index++) {
    const ordinal = ordinalOf(timeframe, times[index]!);
    if (ordinal !== previous + 1) {
      pushVarint(bytes, length);
      pushVarint(bytes, ordinal - previous - 1);
      length = 0;
    }
    length++;
    previous = ordinal;
  }
  pushVarint(bytes, length);
  return Uint8Array.from(bytes);
}

/** Writes the times to the front of `out`; throws unless they are exactly `count`. */
export function decodeTimes(runs: Uint8Array, timeframe: Timeframe, out: Float64Array, count: number): void {
  const width = timeframe === '1M' ? null : timeframeMs(timeframe);
  let index = 0;
  for (const { ordinal, length } of readRuns(runs)) {
    assert(index + length <= count, `times number ${count}`);
    if (width === null) {
      for (let k = 0; k < length; k++) out[index++] = openTimeOf(timeframe, ordinal + k);
    } else {
      const first = openTimeOf(timeframe, ordinal);
      for (let k = 0; k < length; k++) out[index++] = first + k * width;
    }
  }
  assert(index === count, `times number ${count}`);
}

/** Stretches between the runs, as `[fromMs, toMs)`, ascending. */
export function gapsOf(runs: Uint8Array, timeframe: Timeframe): Gap[] {
  const gaps: Gap[] = [];
  let endOrdinal: number | null = null;
  for (const { ordinal, length } of readRuns(runs)) {
    if (endOrdinal !== null) gaps.push([openTimeOf(timeframe, endOrdinal), openTimeOf(timeframe, ordinal)]);
    endOrdinal = ordinal + length;
  }
  return gaps;
}

function* readRuns(runs: Uint8Array): Generator<{ ordinal: number; length: number }> {
  let offset = 0;
  const next = (): number => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = runs[offset++];
      assert(byte !== undefined, 'times end with a run');
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
  let ordinal = next();
  for (;;) {
    const length = next();
    assert(length > 0, 'runs are not empty');
    yield { ordinal, length };
    if (offset === runs.length) return;
    ordinal += length + next();
  }
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
