import type { OrderRequest } from './messages.js';

/** Takes orders. Answers come back to the session as events, at once (paper) or later (a venue). */
export interface Broker {
  submit(order: OrderRequest): void;
  /** An unknown or finished order is no error: the news of its end is on its way. */
  cancel(orderId: number): void;
  /** Lowers what is left of a working order to `quantityUnits`. */
  reduce(orderId: number, quantityUnits: number): void;
}
