import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Long work, so that none of it is lost silently when the process ends. Times are ms UTC. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    /** A user's id, or `local` of what was begun before there were accounts. */
    ownerId: text('owner_id').notNull(),
    kind: text('kind').notNull(),
    state: text('state', { enum: ['queued', 'running', 'done', 'failed', 'cancelled'] }).notNull(),
    progressRatio: real('progress_ratio').notNull(),
    detail: text('detail').notNull(),
    createdMs: integer('created_ms').notNull(),
    updatedMs: integer('updated_ms').notNull(),
    /** What was asked for; `null`: it cannot be taken up again. */
    request: text('request', { mode: 'json' }).$type<unknown>(),
  },
  (table) => [index('jobs_created').on(table.createdMs)],
);
