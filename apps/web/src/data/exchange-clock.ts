import { closeTimeOf, type Timeframe } from '@wickworks/core';

interface Anchor {
  readonly wallMs: number;
  readonly exchangeMs: number;
}

/**
 * The exchange's clock as far as its candles tell: a candle closes at a known exchange time. Between closes it runs
 * at the rate of the last two (a replay may be faster than wall time) and never past the forming candle's end.
 */
export class ExchangeClock {
  readonly #timeframe: Timeframe;
  #anchor: Anchor | undefined;
  #rate = 1;
  #formingMs: number | undefined;

  constructor(timeframe: Timeframe) {
    this.#timeframe = timeframe;
  }

  /** A candle closed just now. */
  closed(openTimeMs: number, wallMs: number): void {
    const anchor = { wallMs, exchangeMs: closeTimeOf(this.#timeframe, openTimeMs) };
    const last = this.#anchor;
    const rate = last && (anchor.exchangeMs - last.exchangeMs) / (wallMs - last.wallMs);
    if (rate !== undefined && Number.isFinite(rate) && rate > 0) this.#rate = isNearOne(rate) ? 1 : rate;
    this.#anchor = anchor;
  }

  forming(openTimeMs: number): void {
    this.#formingMs = openTimeMs;
  }

  /** After a loss, time that passed unseen would spoil the rate. */
  forget(): void {
    this.#anchor = undefined;
  }

  /** Exchange time, ms UTC. Before the first close: `serverNowMs`, if it lies inside the forming candle, else `null`. */
  now(wallMs: number, serverNowMs: number | null): number | null {
    if (this.#formingMs === undefined) return null;
    const endMs = closeTimeOf(this.#timeframe, this.#formingMs);
    if (this.#anchor) {
      const { exchangeMs, wallMs: anchoredMs } = this.#anchor;
      return Math.min(endMs, Math.max(this.#formingMs, exchangeMs + (wallMs - anchoredMs) * this.#rate));
    }
    return serverNowMs !== null && serverNowMs >= this.#formingMs && serverNowMs < endMs ? serverNowMs : null;
  }
}

/** Arrival jitter around real time is no rate of its own. */
const isNearOne = (rate: number): boolean => rate > 0.8 && rate < 1.25;
