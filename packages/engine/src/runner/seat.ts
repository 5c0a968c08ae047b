import type { RoundTrip } from '../messages.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import type { OrderDesk } from './order-desk.js';

/** The place of one strategy on an account that it shares with others. */
export interface Seat {
  /** Orders of the whole account. */
  readonly desk: OrderDesk;
  /** Index in the account of its first market: its own markets follow in their order, and it counts them from 0. */
  readonly firstMarket: number;
  /** What it may spend with what it made of it: its own share, or what is reserved for nobody. */
  readonly purse: Portfolio;
  /** Its own finished trades, oldest first; grows. */
  readonly roundTrips: readonly RoundTrip[];
}
