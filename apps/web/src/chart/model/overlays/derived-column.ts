import { sessionOf, type Anchor } from '@wickworks/engine';

/** Values of an indicator's outputs by name, as long as the candles or longer. */
export type OutputValues = Readonly<Record<string, { readonly values: Float64Array }>>;

/**
 * Which of two lines, taken in turn, draws each candle: the one of its session (1, −1), so that nothing is drawn from one
 * session to the next. A session of a single candle goes on the line before it.
 */
export class SessionTurns {
  readonly #anchor: Anchor;
  readonly #areCurves: boolean;
  /** The turn, times the candles of the session so far. */
  #runs = new Float64Array(0);
  #synced: unknown = null;

  constructor(anchor: Anchor, areCurves: boolean) {
    this.#anchor = anchor;
    this.#areCurves = areCurves;
  }

  /** Brings candles from `from` on up to date, once for each `step`. */
  sync(step: unknown, time: Float64Array, { length, from }: { length: number; from: number }): void {
    if (step === this.#synced) return;
    this.#synced = step;
    this.#runs = grown(this.#runs, length);
    const alone = this.#areCurves ? 1 : 0;
    for (let index = from; index < length; index++) {
      const before = index === 0 ? 0 : this.#runs[index - 1]!;
      const turn = before < 0 ? -1 : 1;
      const isNew = index === 0 || sessionOf(this.#anchor, time[index]!) !== sessionOf(this.#anchor, time[index - 1]!);
      this.#runs[index] = !isNew ? before + turn : Math.abs(before) > alone ? -turn : turn;
    }
  }

  /** 1 or −1. */
  turnOf(index: number): number {
    return Math.sign(this.#runs[index]!);
  }
}

/** A column made of an indicator's outputs candle by candle, such as the part of a line where it rises. */
export class DerivedColumn {
  #values = new Float64Array(0);
  readonly #at: (outputs: OutputValues, index: number) => number;

  constructor(at: (outputs: OutputValues, index: number) => number) {
    this.#at = at;
  }

  /** The column for `length` candles, worked out anew from `from` on. */
  sync(outputs: OutputValues, length: number, from: number): Float64Array {
    this.#values = grown(this.#values, length);
    for (let index = from; index < length; index++) this.#values[index] = this.#at(outputs, index);
    return this.#values;
  }
}

/** Straight legs from each pivot to the next; a pivot is told candles after it was, so the newest leg ends in the past. */
export class LegColumn {
  #values = new Float64Array(0);
  /** For each pivot: the candle that told it, the candle it was, its price. */
  readonly #pivots: { readonly toldAt: number; readonly at: number; readonly value: number }[] = [];

  /** The column for `length` candles and the first index that differs from before. */
  sync(
    pivots: Float64Array,
    ages: Float64Array,
    { length, from }: { length: number; from: number },
  ): { values: Float64Array; from: number } {
    const known = this.#pivots;
    const before = known.length;
    while (known.length > 0 && known[known.length - 1]!.toldAt >= from) known.pop();
    const kept = known.length;
    for (let index = from; index < length; index++) {
      const value = pivots[index]!;
      const at = index - ages[index]!;
      if (!Number.isNaN(value) && at >= 0) known.push({ toldAt: index, at, value });
    }
    const isSame = kept === before && known.length === kept;
    // The last pivot that stays ends a leg, unless it is the only one.
    const first = isSame ? from : Math.min(from, kept === 0 ? 0 : known[kept - 1]!.at + (kept > 1 ? 1 : 0));
    this.#values = grown(this.#values, length);
    this.#values.fill(NaN, first, length);
    for (let leg = Math.max(1, kept); leg < known.length; leg++) this.#draw(known[leg - 1]!, known[leg]!);
    return { values: this.#values, from: first };
  }

  #draw(start: { at: number; value: number }, end: { at: number; value: number }): void {
    const candles = Math.max(1, end.at - start.at);
    for (let index = start.at; index < end.at; index++)
      this.#values[index] = start.value + ((end.value - start.value) * (index - start.at)) / candles;
    this.#values[end.at] = end.value;
  }
}

function grown(values: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (values.length >= length) return values;
  const wider = new Float64Array(Math.max(length, values.length * 2));
  wider.set(values);
  return wider;
}
