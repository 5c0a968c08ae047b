import { createWickClient, settingsOf, type WickClient, type WickClientOptions } from '../create-wick-client.js';
import { EventsClient } from '../events/events-client.js';
import { apiKeyCalls, authCalls } from './accounts.js';
import { backtestCalls } from './backtests.js';
import { callerOf, type Caller } from './caller.js';
import { datasetCalls } from './datasets.js';
import { jobCalls } from './jobs.js';
import { strategyCalls } from './strategies.js';
import { tradeCalls } from './trades.js';

/** Everything a script needs of one server. Every call resolves to a `Result`; none throws for what the server does. */
export interface WickSdk extends WickClient {
  /** Any endpoint of the contract, for what has no method here: `call(API.audit.getAuditLogs)`. */
  readonly call: Caller;
  readonly strategies: ReturnType<typeof strategyCalls>;
  readonly backtests: ReturnType<typeof backtestCalls>;
  readonly datasets: ReturnType<typeof datasetCalls>;
  readonly trades: ReturnType<typeof tradeCalls>;
  readonly jobs: ReturnType<typeof jobCalls>;
  readonly auth: ReturnType<typeof authCalls>;
  readonly apiKeys: ReturnType<typeof apiKeyCalls>;
  /** Dials on first use and then stays connected until `close`. */
  readonly events: EventsClient;
}

/** The whole SDK over one server, for Node ≥ 20 and browsers. Pages that only draw candles need `createWickClient`. */
export function createWickSdk(options: WickClientOptions): WickSdk {
  const client = createWickClient(options);
  const { rest } = client;
  const call = callerOf(rest);
  let events: EventsClient | undefined;
  return {
    rest,
    get ohlcv() {
      return client.ohlcv;
    },
    get events() {
      return (events ??= createEventsClient(options));
    },
    call,
    strategies: strategyCalls(call),
    backtests: backtestCalls(call),
    datasets: datasetCalls(rest),
    trades: tradeCalls(rest),
    jobs: jobCalls(call),
    auth: authCalls(call),
    apiKeys: apiKeyCalls(call),
    close: () => {
      events?.close();
      client.close();
    },
  };
}

/** The events of one server alone. */
export const createEventsClient = (options: WickClientOptions): EventsClient =>
  new EventsClient(settingsOf(options).link('/ws/events'));
