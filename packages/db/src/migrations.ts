import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Connection, Transaction } from './connection.js';
import { DatabaseError } from './database-error.js';

/** How far the schema is. */
export interface MigrationStatus {
  readonly applied: number;
  readonly pending: number;
  /** When the newest applied migration was written, ms UTC; `null` before the first. */
  readonly newestAppliedMs: number | null;
}

/**
 * Applies what is pending, all in one transaction, so that several processes may start at once; writes nothing when
 * nothing is, so that a database that only reads can be opened. The record of
 * applied migrations is drizzle's own table; its migrator is not used because it takes no lock. Throws
 * `outdated` when the database was written by a newer version.
 */
export async function migrate(connection: Connection, folder: string): Promise<MigrationStatus> {
  const before = await migrationStatus(connection, folder);
  if (before.pending === 0) return before;
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  // A migration may rebuild a table that others point to; inside a transaction this pragma would do nothing. Nor does
  // it at a server, where each statement has a connection of its own: there such a migration would delete what points.
  await connection.raw((client) => client.execute('PRAGMA foreign_keys = OFF'));
  try {
    await connection.write(async (transaction) => {
      await transaction.run(
        sql`CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, created_at NUMERIC)`,
      );
      const applied = await appliedMigrations(transaction);
      refuseUnknown(applied, migrations);
      for (const migration of migrations.slice(applied.length)) {
        for (const statement of migration.sql) await transaction.run(sql.raw(statement));
        await transaction.run(
          sql`INSERT INTO __drizzle_migrations (hash, created_at) VALUES (${migration.hash}, ${migration.folderMillis})`,
        );
      }
    });
  } finally {
    await connection.raw((client) => client.execute('PRAGMA foreign_keys = ON'));
  }
  return migrationStatus(connection, folder);
}

/** How far the schema is, without touching it. */
export async function migrationStatus(connection: Connection, folder: string): Promise<MigrationStatus> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  const applied = await connection.run(async (orm) => {
    const tables = await orm.values(sql`SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'`);
    return tables.length === 0 ? [] : appliedMigrations(orm);
  });
  refuseUnknown(applied, migrations);
  return {
    applied: applied.length,
    pending: migrations.length - applied.length,
    newestAppliedMs: applied.at(-1)?.createdMs ?? null,
  };
}

interface AppliedMigration {
  readonly hash: string;
  readonly createdMs: number;
}

async function appliedMigrations(orm: Pick<Transaction, 'all'>): Promise<AppliedMigration[]> {
  return orm.all<{ hash: string; createdMs: number }>(
    sql`SELECT hash, created_at AS createdMs FROM __drizzle_migrations ORDER BY created_at`,
  );
}

function refuseUnknown(applied: readonly AppliedMigration[], known: readonly { readonly hash: string }[]): void {
  const unknown = applied.findIndex(({ hash }, index) => known[index]?.hash !== hash);
  if (unknown === -1) return;
  throw new DatabaseError(
    'outdated',
    `the database holds migration ${unknown + 1}, which this version of Wickworks does not know: update Wickworks, or use another database`,
  );
}
