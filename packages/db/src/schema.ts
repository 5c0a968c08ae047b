import {
  blob,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/*
 * `WITHOUT ROWID` of tail_candles and source_gaps is written into the migration by hand: drizzle has no word
 * for it. Times are ms UTC, prices in quote units, volumes in base units.
 */

/** One row per stored candle series, with the totals that lists and appends need. */
export const series = sqliteTable(
  'series',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    exchange: text('exchange').notNull(),
    symbol: text('symbol').notNull(),
    timeframe: text('timeframe').notNull(),
    /** Stored candles, in chunks and tail together. */
    candles: integer('candles').notNull(),
    tailCandles: integer('tail_candles').notNull(),
    /** Open times of the oldest and newest candle; `null` while there is none. */
    fromMs: integer('from_ms'),
    toMs: integer('to_ms'),
    /** Open time of the newest candle in a chunk: every tail candle opens later. */
    chunkedToMs: integer('chunked_to_ms'),
    corrections: integer('corrections').notNull(),
    /** Rises with every change of the content. */
    revision: integer('revision').notNull(),
  },
  (table) => [uniqueIndex('series_key').on(table.exchange, table.symbol, table.timeframe)],
);

/** Closed history: one compressed block per window of the calendar (window.ts). Small columns come first, so that heads are read without the block. */
export const chunks = sqliteTable(
  'chunks',
  {
    id: integer('id').primaryKey(),
    seriesId: integer('series_id').notNull(),
    window: integer('window').notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    candles: integer('candles').notNull(),
    /** SHA-256 of the content (content-hash.ts). */
    digest: blob('digest', { mode: 'buffer' }).notNull(),
    /** Open times as runs (codec/time-runs.ts), which are also the index of gaps. */
    times: blob('times', { mode: 'buffer' }).notNull(),
    /** Prices and volumes (codec/candle-codec.ts). */
    block: blob('block', { mode: 'buffer' }).notNull(),
  },
  (table) => [
    uniqueIndex('chunks_window').on(table.seriesId, table.window),
    foreignKey({ columns: [table.seriesId], foreignColumns: [series.id] }).onDelete('cascade'),
  ],
);

/** The newest candles, one row each, until enough of them make a chunk. */
export const tailCandles = sqliteTable(
  'tail_candles',
  {
    seriesId: integer('series_id').notNull(),
    openTimeMs: integer('open_time_ms').notNull(),
    open: real('open').notNull(),
    high: real('high').notNull(),
    low: real('low').notNull(),
    close: real('close').notNull(),
    volume: real('volume').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seriesId, table.openTimeMs] }),
    foreignKey({ columns: [table.seriesId], foreignColumns: [series.id] }).onDelete('cascade'),
  ],
);

/** Closed candles that arrived again with other values: what was there and what holds now. */
export const corrections = sqliteTable(
  'corrections',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    seriesId: integer('series_id').notNull(),
    openTimeMs: integer('open_time_ms').notNull(),
    seenAtMs: integer('seen_at_ms').notNull(),
    origin: text('origin', { enum: ['stream', 'rest', 'import', 'built'] }).notNull(),
    previousOpen: real('previous_open').notNull(),
    previousHigh: real('previous_high').notNull(),
    previousLow: real('previous_low').notNull(),
    previousClose: real('previous_close').notNull(),
    previousVolume: real('previous_volume').notNull(),
    open: real('open').notNull(),
    high: real('high').notNull(),
    low: real('low').notNull(),
    close: real('close').notNull(),
    volume: real('volume').notNull(),
  },
  (table) => [
    index('corrections_series').on(table.seriesId, table.id),
    foreignKey({ columns: [table.seriesId], foreignColumns: [series.id] }).onDelete('cascade'),
  ],
);

/** Stretches `[from_ms, to_ms)` in which the source itself has nothing; disjoint and not touching. */
export const sourceGaps = sqliteTable(
  'source_gaps',
  {
    seriesId: integer('series_id').notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seriesId, table.fromMs] }),
    foreignKey({ columns: [table.seriesId], foreignColumns: [series.id] }).onDelete('cascade'),
  ],
);
