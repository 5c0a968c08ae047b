import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/*
 * Strategies, what they said, and backtests. Times are ms UTC. `owner_id` is a user's id, or `local` for what was made
 * before there were accounts; it points to no row for that reason.
 */

export const strategies = sqliteTable(
  'strategies',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull(),
    document: text('document', { mode: 'json' }).$type<unknown>().notNull(),
    version: integer('version').notNull(),
    createdMs: integer('created_ms').notNull(),
    updatedMs: integer('updated_ms').notNull(),
    /** Markets and parameters it runs with for its signals; `null`: stopped. */
    running: text('running', { mode: 'json' }).$type<unknown>(),
    /** Why it stopped by itself. */
    fault: text('fault'),
  },
  (table) => [index('strategies_owner').on(table.ownerId, table.createdMs)],
);

/** Every version ever saved. */
export const strategyVersions = sqliteTable(
  'strategy_versions',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    document: text('document', { mode: 'json' }).$type<unknown>().notNull(),
    savedMs: integer('saved_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.strategyId, table.version] })],
);

/** What the bias proof found about a version of a strategy; at most one each, the newest. */
export const strategyProofs = sqliteTable(
  'strategy_proofs',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    /** The job that makes it. */
    jobId: text('job_id').notNull(),
    state: text('state', {
      enum: ['queued', 'running', 'passed', 'failed', 'no-data', 'error', 'cancelled'],
    }).notNull(),
    detail: text('detail').notNull(),
    /** Candles it was made over; `null` until they are chosen. */
    data: text('data', { mode: 'json' }).$type<unknown>(),
    checks: text('checks', { mode: 'json' }).$type<unknown>(),
    updatedMs: integer('updated_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.strategyId, table.version] })],
);

/** Signals of running strategies, each once. */
export const signals = sqliteTable(
  'signals',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    exchange: text('exchange').notNull(),
    symbol: text('symbol').notNull(),
    timeframe: text('timeframe').notNull(),
    openTimeMs: integer('open_time_ms').notNull(),
    action: text('action', { enum: ['enter-long', 'exit-long', 'enter-short', 'exit-short'] }).notNull(),
    price: real('price').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [
    uniqueIndex('signals_once').on(
      table.strategyId,
      table.exchange,
      table.symbol,
      table.timeframe,
      table.openTimeMs,
      table.action,
    ),
  ],
);

export const backtests = sqliteTable(
  'backtests',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    title: text('title').notNull(),
    state: text('state', { enum: ['queued', 'running', 'done', 'failed', 'cancelled'] }).notNull(),
    detail: text('detail').notNull(),
    createdMs: integer('created_ms').notNull(),
    request: text('request', { mode: 'json' }).$type<unknown>().notNull(),
    /** Setup, metrics, breakdowns, proof and hashes once done. */
    summary: text('summary', { mode: 'json' }).$type<unknown>(),
    /** The whole result as compressed JSON. */
    result: blob('result', { mode: 'buffer' }),
  },
  (table) => [index('backtests_owner').on(table.ownerId, table.createdMs)],
);
