import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import type { CandleRow, Timeframe } from '@wickworks/core';
import { loadCcxtClass } from '../ccxt-class.js';
import type { CandlePage, ExchangeEvent } from '../ports.js';
import { Session } from '../session.js';
import type { VenueProfile } from '../venues/profile.js';
import { startFrameServer, type FrameServerScript } from './frame-server.js';

/** A payload of `fixtures/exchange/`, whose README says where it is from. */
export const payload = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../fixtures/exchange/${name}`, import.meta.url), 'utf8'));

/** The real CCXT class of a profile, talking to an exchange that a test plays on this machine. */
export interface Played {
  readonly session: Session;
  readonly events: readonly ExchangeEvent[];
  readonly sockets: () => number;
  /** Closed candles told of a series, in order. */
  closed(symbol: string, timeframe: Timeframe): CandleRow[];
  /** Newest told state of the forming candle. */
  forming(symbol: string, timeframe: Timeframe): CandleRow[];
  page(symbol: string, timeframe: Timeframe, limit: number): Promise<CandlePage>;
  close(): Promise<void>;
}

/** Starts it; `urls` gives CCXT's addresses from that of the played exchange. */
export async function play(
  profile: VenueProfile,
  script: FrameServerScript,
  urls: (http: string, ws: string) => object,
): Promise<Played> {
  const server = await startFrameServer(script);
  const events: ExchangeEvent[] = [];
  const config = { id: profile.ccxtId };
  const settings = {
    ...profile.settings(config),
    enableRateLimit: false,
    httpAgent: new Agent(),
    urls: { api: urls(server.url, server.url.replace('http', 'ws')) },
  };
  const cls = await loadCcxtClass(profile.ccxtId);
  const session = new Session(config, { ...profile, settings: () => settings }, cls, (event) => events.push(event));
  const told = (kind: 'closed' | 'forming', symbol: string, timeframe: Timeframe): CandleRow[] =>
    events.flatMap((event) =>
      event.kind === kind && event.symbol === symbol && event.timeframe === timeframe ? [event.candle] : [],
    );
  return {
    session,
    events,
    sockets: server.sockets,
    closed: (symbol, timeframe) => told('closed', symbol, timeframe),
    forming: (symbol, timeframe) => told('forming', symbol, timeframe),
    page: async (symbol, timeframe, limit) => {
      const answer = await session.answer({ about: 'candles', query: { symbol, timeframe, limit } });
      if (!answer.ok || !('closed' in answer.value)) throw new Error(`no page: ${JSON.stringify(answer)}`);
      return answer.value;
    },
    close: async () => {
      await session.close();
      await server.close();
    },
  };
}
