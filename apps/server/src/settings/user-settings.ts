import { SettingsBook } from '@wickworks/accounts';
import type { Config } from '@wickworks/config';
import {
  isSettingOf,
  USER_DEFAULTS,
  UserSettings,
  type SettingsChangeView,
  type UserSettingsPatch,
  type UserSettingsView,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { AccountStores } from '@wickworks/db';
import type { Audit, Origin } from '../auth/audit.js';
import type { Principal } from '../auth/principal.js';
import type { Refusal } from '../wire/problem.js';
import { actorOf, CHANGED, changesOf, foreignExchange, sourcesOf } from './settings-words.js';
import type { SystemSettingsKeeper } from './system-settings.js';

interface Parts {
  readonly store: AccountStores['settings'];
  readonly config: Config;
  readonly audit: Audit;
  readonly system: SystemSettingsKeeper;
  readonly nowMs: () => number;
}

/** What people choose for themselves; the chart they begin with is the installation's until they do. */
export class UserSettingsKeeper {
  readonly #parts: Parts;
  readonly #book: SettingsBook<UserSettings>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const isKnown = (name: string, value: unknown): boolean =>
      name !== 'exchange' || parts.config.exchanges.some((id) => id === value);
    this.#book = new SettingsBook(
      parts.store,
      (name, value) => isSettingOf(UserSettings, name, value) && isKnown(name, value),
    );
  }

  /** The settings of a user as they hold. */
  async find(userId: string): Promise<UserSettingsView> {
    const { chosen, version, updatedMs } = await this.#book.read(userId);
    const { values: system, sources: systemSources } = await this.#parts.system.find();
    const { exchange, symbol, timeframe } = system;
    const values: UserSettings = { ...USER_DEFAULTS, exchange, symbol, timeframe, ...chosen };
    const ofInstallation = { exchange, symbol, timeframe };
    const sources = sourcesOf(values, (name) => {
      if (name in chosen) return 'stored';
      const isInherited = name in ofInstallation && systemSources[name as keyof typeof ofInstallation] !== 'default';
      return isInherited ? 'system' : 'default';
    });
    return { values, sources, version, updatedMs };
  }

  /** Changes what `patch` names; a refusal when another change came first. */
  async change(
    principal: Principal,
    { expected, patch }: { expected: number | 'any'; patch: UserSettingsPatch },
    origin: Origin,
  ): Promise<Result<void, Refusal>> {
    const { config, audit, nowMs } = this.#parts;
    const foreign = foreignExchange(config, patch);
    if (foreign) return err(foreign);
    const { userId: owner } = principal;
    const changed = await this.#book.change({ owner, expected, patch }, actorOf(principal), nowMs());
    if (!changed.ok) return err(CHANGED);
    if (changed.value) {
      const { before, after } = changed.value;
      await audit.write(principal, origin, { action: 'settings.change', target: `settings:${owner}`, before, after });
    }
    return ok(undefined);
  }

  /** Changes of a user's that made a version below `beforeVersion`, newest first. */
  history(userId: string, wanted: { beforeVersion: number; limit: number }): Promise<SettingsChangeView[]> {
    return changesOf(this.#parts.store, userId, wanted);
  }
}
