import type { CandlePage, CandleQuery, ExchangeFailure } from '@wickworks/exchange';
import type { Result } from '@wickworks/core';
import { minutesUntil, ScriptedExchange } from './scripted-exchange.js';

/** Where the exchange's clock stands. */
export const HELD_NOW_MS = Date.UTC(2026, 0, 1, 12);
const CANDLES = 20_000;

/** An exchange with some two weeks of minutes that stops answering for older ones until it is let go. */
export class HeldExchange extends ScriptedExchange {
  readonly #released: Promise<void>;
  #letGo: () => void = () => undefined;

  constructor(isHeld = true) {
    super();
    this.#released = new Promise((resolve) => (this.#letGo = resolve));
    this.nowMs = HELD_NOW_MS;
    this.rowsOf('BTC/USDT', '1m').push(...minutesUntil(HELD_NOW_MS, CANDLES));
    if (!isHeld) this.letGo();
  }

  letGo(): void {
    this.#letGo();
  }

  override async fetchCandles(query: CandleQuery): Promise<Result<CandlePage, ExchangeFailure>> {
    if (query.sinceMs !== undefined || query.untilMs !== undefined) await this.#released;
    return super.fetchCandles(query);
  }
}
