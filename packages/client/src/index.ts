export { API } from '@wickworks/contracts';
export {
  createCandleClient,
  createWickClient,
  type CandleClient,
  type WickClient,
  type WickClientOptions,
} from './create-wick-client.js';
export { createEventsClient, createWickSdk, type WickSdk } from './sdk/create-wick-sdk.js';
export { datasetCalls } from './sdk/datasets.js';
export { tradeCalls, type ReadTape } from './sdk/trades.js';
export { EventsClient, type EventHandlers, type EventItem } from './events/events-client.js';
export { describeFailure, type ClientFailure } from './failure.js';
export type { LinkState } from './ohlcv/link.js';
export { OhlcvClient } from './ohlcv/ohlcv-client.js';
export { parseMessage, type OhlcvMessage } from './ohlcv/parse-message.js';
export type { SocketConstructor, SocketLike } from './ohlcv/socket.js';
export { stream, type StreamItem } from './ohlcv/stream.js';
export type {
  BackfillNews,
  CandleNews,
  CorrectionNews,
  HistoryPage,
  IndicatorNews,
  SignalNews,
  SnapshotNews,
  StreamNews,
  SubscribeRequest,
  Subscription,
  SubscriptionHandlers,
  SubscriptionState,
} from './ohlcv/subscription.js';
export type { TickersHandlers, TickersRequest } from './ohlcv/tickers-entry.js';
export type { LinkTiming } from './ohlcv/timing.js';
export { RestClient } from './rest/rest-client.js';
export { RestCore, type Page } from './rest/rest-core.js';
export { joinColumns, mergeColumns, sliceColumns } from './column-parts.js';
export { LiveSeries, type HistoryPart, type SnapshotPart } from './live-series.js';
