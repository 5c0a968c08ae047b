import { closeTimeOf, type CandleRow, type Gap, type Timeframe } from '@wickworks/core';
import type { ExchangeConnection, ExchangeEvent } from '../ports.js';

/** Collects what a connection tells and checks the promise of the port as it comes. */
export class Listener {
  readonly events: ExchangeEvent[] = [];
  readonly broken: string[] = [];
  readonly #next = new Map<string, number>();
  readonly #closed = new Map<string, CandleRow[]>();
  readonly stop: () => void;

  constructor(connection: ExchangeConnection) {
    this.stop = connection.subscribe((event) => this.#take(event));
  }

  /** Every candle of the series that closed so far, in the order it was told; a copy that does not grow. */
  closed(symbol: string, timeframe: Timeframe): readonly CandleRow[] {
    return [...(this.#closed.get(`${symbol} ${timeframe}`) ?? [])];
  }

  get states(): string[] {
    return this.events.flatMap((event) => (event.kind === 'status' ? [event.state] : []));
  }

  get state(): string | undefined {
    return this.states.at(-1);
  }

  #take(event: ExchangeEvent): void {
    this.events.push(event);
    if (event.kind === 'closed') this.#close(event, [event.candle], []);
    if (event.kind === 'healed') this.#close(event, event.candles, event.gaps);
  }

  #close(series: { symbol: string; timeframe: Timeframe }, candles: readonly CandleRow[], gaps: readonly Gap[]): void {
    const key = `${series.symbol} ${series.timeframe}`;
    const all = this.#closed.get(key) ?? [];
    for (const candle of candles) {
      let nextMs = this.#next.get(key) ?? candle[0];
      for (const [fromMs, toMs] of gaps) if (fromMs === nextMs) nextMs = toMs;
      if (candle[0] !== nextMs) this.broken.push(`${key}: ${candle[0]} came where ${nextMs} was due`);
      this.#next.set(key, closeTimeOf(series.timeframe, candle[0]));
      all.push(candle);
    }
    this.#closed.set(key, all);
  }
}

/** Resolves once `condition` holds; rejects with `what` when it does not within `withinMs`. */
export async function until(what: string, condition: () => boolean, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
