/** One event of a stream: the simulated moment it belongs to and its JSON. */
export interface StreamEvent {
  readonly timeMs: number;
  readonly stream: string;
  readonly json: string;
}

/** A market data stream as a pure function of time: what it says in a stretch depends on nothing else. */
export interface MarketStream {
  /** As clients name it, `btcusdt@kline_1m`. */
  readonly name: string;
  /** Pushes the events of `(fromMs, toMs]`, ascending, to `out`. */
  events(fromMs: number, toMs: number, out: StreamEvent[]): void;
}

/** The last moment in `(fromMs, toMs]` that is `phaseMs` past a multiple of `everyMs`, if any. */
export function newestBeat(fromMs: number, toMs: number, everyMs: number, phaseMs = 0): number | undefined {
  const beat = Math.floor((toMs - phaseMs) / everyMs) * everyMs + phaseMs;
  return beat > fromMs ? beat : undefined;
}
