import { sql } from 'drizzle-orm';
import { accountStores, type AccountStores } from './accounts/account-stores.js';
import { strategyStores, type StrategyStores } from './strategies/strategy-stores.js';
import { LibsqlCandleStore } from './candles/candle-store.js';
import { Connection } from './connection.js';
import { JobStore } from './jobs/job-store.js';
import { findMigrationsFolder } from './migrations-folder.js';
import { migrate, migrationStatus, type MigrationStatus } from './migrations.js';
import { openClient, type DatabaseAddress, type ReplicaState } from './open-client.js';
import type { CandleStore, TradeStore } from './ports.js';
import { LibsqlTradeStore } from './trades/trade-store.js';

export interface DatabaseOptions extends DatabaseAddress {
  /** Defaults to the nearest `drizzle/` folder above the code. */
  readonly migrationsFolder?: string;
}

export interface DatabaseStatus {
  readonly migrations: MigrationStatus;
  /** SQLite's pragmas as they are in force; empty for a remote database. */
  readonly pragmas: Readonly<Record<string, string>>;
  /** Faults found by SQLite's quick check; empty when sound, `null` where checking is the server's work. */
  readonly faults: readonly string[] | null;
  /** `null` for a remote database. */
  readonly sizeBytes: number | null;
  readonly replica: ReplicaState;
}

/** An open database; every failure it throws is a `DatabaseError`, or a bug. */
export interface Database {
  readonly candles: CandleStore;
  readonly trades: TradeStore;
  readonly accounts: AccountStores;
  readonly strategies: StrategyStores;
  readonly jobs: JobStore;
  readonly replica: ReplicaState;
  /** Brings the schema up to date; safe to call from several processes at once. */
  migrate(): Promise<MigrationStatus>;
  migrationStatus(): Promise<MigrationStatus>;
  /** A thorough look; takes time on a large file. */
  status(): Promise<DatabaseStatus>;
  /** The cheapest query there is: resolves when the database answers. */
  ping(): Promise<void>;
  /** Fetches what the primary has that the replica lacks; nothing to do without one. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Blocks the process while another one writes, hence short; longer waits happen between retries. */
const BUSY_TIMEOUT_MS = 100;

/** Order matters: auto_vacuum must be set before anything is written to a new file, which WAL already does. */
const FILE_PRAGMAS = [
  `busy_timeout = ${BUSY_TIMEOUT_MS}`,
  'auto_vacuum = INCREMENTAL',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'foreign_keys = ON',
  'temp_store = MEMORY',
  'cache_size = -32768',
  'mmap_size = 268435456',
];

const SHOWN_PRAGMAS = FILE_PRAGMAS.map((pragma) => pragma.split(' ')[0]!);

/**
 * Opens (and creates) the database. A `file:` may be open in several processes at once. Committed writes survive
 * the death of the process; a power cut may take the last ones, never the integrity of the file.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const isFile = options.url.startsWith('file:');
  const { client, replica } = await openClient(options);
  const connection = new Connection(client, pragmasFor(options.url, replica));
  const folder = options.migrationsFolder ?? findMigrationsFolder();
  try {
    await ping(connection);
  } catch (error) {
    if (isFile) {
      client.close();
      throw error;
    } // a server may come later
  }
  return {
    candles: new LibsqlCandleStore(connection),
    trades: new LibsqlTradeStore(connection),
    accounts: accountStores(connection),
    strategies: strategyStores(connection),
    jobs: new JobStore(connection),
    replica,
    migrate: () => migrate(connection, folder),
    migrationStatus: () => migrationStatus(connection, folder),
    status: async () => ({
      migrations: await migrationStatus(connection, folder),
      pragmas: isFile ? await readPragmas(connection) : {},
      faults: isFile ? await quickCheck(connection) : null,
      sizeBytes: isFile ? await sizeOf(connection) : null,
      replica,
    }),
    ping: () => ping(connection),
    sync: async () => {
      if (replica === 'synced') await connection.raw((raw) => raw.sync());
    },
    close: () => connection.close(),
  };
}

/** A replica's file belongs to the replication: its journal is not ours to configure. */
function pragmasFor(url: string, replica: ReplicaState): readonly string[] {
  if (replica === 'offline') return ['query_only = ON'];
  return replica === 'none' && url.startsWith('file:') ? FILE_PRAGMAS : [];
}

async function ping(connection: Connection): Promise<void> {
  await connection.run((orm) => orm.run(sql`SELECT 1`));
}

async function readPragmas(connection: Connection): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const name of SHOWN_PRAGMAS) {
    const rows = await connection.run((orm) => orm.values(sql.raw(`PRAGMA ${name}`)));
    values[name] = String(rows[0]?.[0]);
  }
  return values;
}

async function quickCheck(connection: Connection): Promise<string[]> {
  const rows = await connection.run((orm) => orm.values(sql`PRAGMA quick_check`));
  return rows.map((row) => String(row[0])).filter((line) => line !== 'ok');
}

async function sizeOf(connection: Connection): Promise<number> {
  const rows = await connection.run((orm) =>
    orm.values<[number]>(sql`SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`),
  );
  return rows[0]?.[0] ?? 0;
}
