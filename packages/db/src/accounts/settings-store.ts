import { and, desc, eq, lt } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { settings, settingsHistory } from './schema.js';

/** What somebody chose, as JSON text by owner. */
export type SettingsRow = typeof settings.$inferSelect;
/** One change of it. */
export type SettingsChangeRow = typeof settingsHistory.$inferSelect;

/** Owner of the installation's settings; others are ids of users. */
export const SYSTEM_OWNER = 'system';

/** Settings and every change of them. */
export class SettingsStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null`: nothing was ever chosen. */
  async find(owner: string): Promise<SettingsRow | null> {
    const rows = await this.#connection.run((orm) => orm.select().from(settings).where(eq(settings.owner, owner)));
    return rows[0] ?? null;
  }

  /** Stores what is chosen now together with the change that led to it; false when `expected` is not its version any more. */
  async change(
    { owner, expected, chosen }: { owner: string; expected: number; chosen: string },
    change: Omit<SettingsChangeRow, 'owner' | 'version'>,
  ): Promise<boolean> {
    return this.#connection.write(async (transaction) => {
      const [found] = await transaction.select().from(settings).where(eq(settings.owner, owner));
      if ((found?.version ?? 0) !== expected) return false;
      const row = { chosen, updatedMs: change.timeMs, version: expected + 1 };
      await transaction
        .insert(settings)
        .values({ owner, ...row })
        .onConflictDoUpdate({ target: settings.owner, set: row });
      await transaction.insert(settingsHistory).values({ ...change, owner, version: row.version });
      return true;
    });
  }

  /** The newest `limit` changes that made a version below `beforeVersion`, newest first. */
  history(
    owner: string,
    { beforeVersion, limit }: { beforeVersion: number; limit: number },
  ): Promise<SettingsChangeRow[]> {
    const wanted = and(eq(settingsHistory.owner, owner), lt(settingsHistory.version, beforeVersion));
    return this.#connection.run((orm) =>
      orm.select().from(settingsHistory).where(wanted).orderBy(desc(settingsHistory.version)).limit(limit),
    );
  }
}
