/** Direction of an order: `buy` takes base, `sell` gives it. */
export const SIDES = ['buy', 'sell'] as const;
export type Side = (typeof SIDES)[number];

/** Direction of a position. */
export const DIRECTIONS = ['long', 'short'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/**
 * What an exchange connection is worth right now. `connecting`: not yet any news; `live`: news within
 * three cadences; `stale`: connected but silent; `down`: no connection.
 */
export const CONNECTION_STATES = ['connecting', 'live', 'stale', 'down'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** What a strategy asks for when a closed candle makes one of its rules true. */
export const SIGNAL_ACTIONS = ['enter-long', 'exit-long', 'enter-short', 'exit-short'] as const;
export type SignalAction = (typeof SIGNAL_ACTIONS)[number];
