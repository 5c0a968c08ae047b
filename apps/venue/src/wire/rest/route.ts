import type { VenueContext } from '../markets.js';
import type { Parameters } from '../parameters.js';

/** One public method of the exchange, the same over REST and over the WebSocket API. */
export interface Route {
  /** Path under `/api/v3/`. */
  readonly path: string;
  /** Name on the WebSocket API, where it has one. */
  readonly method?: string;
  /** Request weight; may depend on the parameters (which it must not refuse). */
  readonly weight: number | ((raw: ReadonlyMap<string, string>) => number);
  /** The answer, to be sent as JSON; throws {@link ApiError} for a refusal. */
  readonly answer: (parameters: Parameters, context: VenueContext) => unknown;
}
