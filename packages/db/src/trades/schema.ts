import { blob, foreignKey, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** One row per market whose trades are stored. */
export const tradeSeries = sqliteTable(
  'trade_series',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    exchange: text('exchange').notNull(),
    symbol: text('symbol').notNull(),
  },
  (table) => [uniqueIndex('trade_series_key').on(table.exchange, table.symbol)],
);

/** The trades of one hour of UTC, packed. */
export const tradeChunks = sqliteTable(
  'trade_chunks',
  {
    id: integer('id').primaryKey(),
    seriesId: integer('series_id').notNull(),
    /** Hours since the epoch. */
    window: integer('window').notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    trades: integer('trades').notNull(),
    /** SHA-256 of the content (trade-hash.ts). */
    digest: blob('digest', { mode: 'buffer' }).notNull(),
    /** Times and sides, ids, prices and quantities (trade-codec.ts). */
    times: blob('times', { mode: 'buffer' }).notNull(),
    ids: blob('ids', { mode: 'buffer' }).notNull(),
    block: blob('block', { mode: 'buffer' }).notNull(),
  },
  (table) => [
    uniqueIndex('trade_chunks_window').on(table.seriesId, table.window),
    foreignKey({ columns: [table.seriesId], foreignColumns: [tradeSeries.id] }).onDelete('cascade'),
  ],
);

/** Stretches `[from_ms, to_ms)` of which every trade is stored; disjoint and not touching. */
export const tradeRanges = sqliteTable(
  'trade_ranges',
  {
    seriesId: integer('series_id').notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seriesId, table.fromMs] }),
    foreignKey({ columns: [table.seriesId], foreignColumns: [tradeSeries.id] }).onDelete('cascade'),
  ],
);
