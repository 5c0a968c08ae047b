import type { Command } from 'commander';
import { describeConfigFaults, loadConfig, readEnvironment, variablesOfFile, type Config } from '@wickworks/config';
import { err, type Result } from '@wickworks/core';
import { DatabaseError, openDatabase, type Database } from '@wickworks/db';
import { failed, type CommandFailure } from './failure.js';

/** What a command is given of the world; main.ts gives the real one. */
export interface World {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Files named on the command line are relative to this. */
  readonly cwd: string;
  /** Where `.env` lies and relative settings (`WICK_DATA_DIR`) start, wherever the command is called: as for the server. */
  readonly projectDir: string;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Runs long work that cannot ask `signal`: Ctrl-C and SIGTERM end the process meanwhile. */
  readonly blocking: <T>(work: () => T) => T;
  readonly nowMs: () => number;
  out(text: string): void;
  progress(text: string): void;
  /** What is being done just now, for a terminal alone. */
  doing(text: string): void;
  /** Where the bundle keeps the code of workers and the bundled market data; absent when run from source. */
  readonly bundle?: { readonly exchangeWorkerUrl: URL; readonly venueDataFolder: string };
}

/** What a finished command has to say, to a program (`--json`) and to a person. */
interface CommandOutput {
  readonly json: unknown;
  readonly text: string;
  /** False: it did its work and found faults; exit code 1. */
  readonly sound?: boolean;
}

export type CommandResult = Result<CommandOutput, CommandFailure>;

/** Adds one command to `parent`; `done` takes its result. */
export type RegisterCommand = (
  parent: Command,
  world: World,
  done: (work: Promise<CommandResult>) => Promise<void>,
) => void;

/** The settings of the environment. */
export function readConfig(world: World): Result<Config, CommandFailure> {
  const { env, projectDir } = world;
  const config = loadConfig(readEnvironment(env, projectDir), projectDir, variablesOfFile(env, projectDir));
  return config.ok ? config : err(failed(`the settings cannot be used:\n${describeConfigFaults(config.error)}`));
}

/** Runs `work` with the migrated database, closes it whatever happens, and tells the database's failures as ours. */
export async function withDatabase<T>(
  world: World,
  work: (database: Database, config: Config) => Promise<Result<T, CommandFailure>>,
  { migrate = true }: { migrate?: boolean } = {},
): Promise<Result<T, CommandFailure>> {
  const config = readConfig(world);
  if (!config.ok) return config;
  let database: Database | undefined;
  try {
    database = await openDatabase(config.value.database);
    if (migrate) await database.migrate();
    return await work(database, config.value);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const away = error.kind === 'read-only' && database?.replica === 'offline';
    const message = away ? 'the primary (DATABASE_SYNC_URL) cannot be reached: nothing can be stored' : error.message;
    return err(failed(message, { code: error.kind }));
  } finally {
    await database?.close();
  }
}
