import { API, type Paging, type AnyStrategyDocumentInput, type StrategyStart } from '@wickworks/contracts';
import type { Caller } from './caller.js';

const routes = API.strategies;
type PageQuery = Partial<Paging>;

/** Saved strategies. */
export const strategyCalls = (call: Caller) => ({
  /** Your strategies, newest first. */
  list: (query: PageQuery = {}) => call(routes.getStrategies, { query }),
  get: (id: string) => call(routes.getStrategy, { params: { id } }),
  /** Saves a new strategy. Faults name their field in `problem.issues`. */
  create: (document: AnyStrategyDocumentInput) => call(routes.createStrategy, { body: { document } }),
  /** Saves the next version; refused with 412 when `version` is no longer the newest. */
  replace: (id: string, version: number, document: AnyStrategyDocumentInput) =>
    call(routes.replaceStrategy, { params: { id }, version, body: { document } }),
  remove: (id: string, version: number | 'any' = 'any') => call(routes.deleteStrategy, { params: { id }, version }),
  /** Every version ever saved, newest first. */
  versions: (id: string, query: PageQuery = { limit: 1_000 }) => call(routes.getVersions, { params: { id }, query }),
  /** What is wrong with a document, without saving it. */
  validate: (document: unknown) => call(routes.validateDocument, { body: { document } }),
  /** The strategies that come along. */
  examples: () => call(routes.getExamples),
  /** Follows markets from now on; signals come by REST and on `ohlcv`. */
  start: (id: string, start: { markets: StrategyStart['markets']; params?: StrategyStart['params'] }) =>
    call(routes.startStrategy, { params: { id }, body: start }),
  stop: (id: string) => call(routes.stopStrategy, { params: { id } }),
  /** Stored signals, newest first. */
  signals: (id: string, query: PageQuery = {}) => call(routes.getSignals, { params: { id }, query }),
  /** Whether a version (the newest) looks ahead or warms up too briefly. */
  proof: (id: string, version?: number) => call(routes.getProof, { params: { id }, query: { version } }),
  /** Proves it again, over the candles stored now. */
  prove: (id: string, version?: number) => call(routes.startProof, { params: { id }, query: { version } }),
});
