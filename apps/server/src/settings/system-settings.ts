import { SettingsBook, type ChosenSettings } from '@wickworks/accounts';
import type { Config } from '@wickworks/config';
import {
  isSettingOf,
  SYSTEM_DEFAULTS,
  SystemSettings,
  type SettingsChangeView,
  type SettingSource,
  type SystemSettingsPatch,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { SYSTEM_OWNER, type AccountStores } from '@wickworks/db';
import type { Audit, Origin } from '../auth/audit.js';
import type { Principal } from '../auth/principal.js';
import { refuse, type Refusal } from '../wire/problem.js';
import { actorOf, CHANGED, changesOf, foreignExchange, sourcesOf } from './settings-words.js';

/** How long a look at the stored settings is good for; what this process changes counts at once. */
const LOOK_MS = 5_000;

/** The installation's settings as they hold, where each comes from, and their version. */
export interface SystemSettingsFound {
  readonly values: SystemSettings;
  readonly sources: Readonly<Record<keyof SystemSettings, SettingSource>>;
  readonly version: number;
  readonly updatedMs: number | null;
}

interface Parts {
  readonly store: AccountStores['settings'];
  readonly config: Config;
  readonly audit: Audit;
  readonly nowMs: () => number;
}

/** Settings of the installation: the environment first, then what admins chose, then what is built in. */
export class SystemSettingsKeeper {
  readonly #parts: Parts;
  readonly #book: SettingsBook<SystemSettings>;
  readonly #defaults: SystemSettings;
  /** What the environment says cannot be changed here. */
  readonly #fixed: Partial<SystemSettings>;
  #held: ChosenSettings<SystemSettings> = { chosen: {}, version: 0, updatedMs: null };
  #now: SystemSettings;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #looking = false;

  private constructor(parts: Parts) {
    const { config, store } = parts;
    this.#parts = parts;
    const isKnown = (name: string, value: unknown): boolean =>
      name !== 'exchange' || config.exchanges.some((id) => id === value);
    this.#book = new SettingsBook(
      store,
      (name, value) => isSettingOf(SystemSettings, name, value) && isKnown(name, value),
    );
    const [first = SYSTEM_DEFAULTS.exchange] = config.exchanges;
    this.#defaults = {
      ...SYSTEM_DEFAULTS,
      ...(!config.exchanges.includes(SYSTEM_DEFAULTS.exchange) && { exchange: first }),
    };
    this.#fixed = config.mail.from === null ? {} : { mailFrom: config.mail.from };
    this.#now = this.#valuesOf(this.#held);
  }

  /** The keeper, when the settings have been read once. */
  static async open(parts: Parts): Promise<SystemSettingsKeeper> {
    const keeper = new SystemSettingsKeeper(parts);
    await keeper.#look();
    return keeper;
  }

  /** The settings as they hold, at most a few seconds behind what another process (the CLI) has stored. */
  get now(): SystemSettings {
    const isOld = Math.abs(this.#parts.nowMs() - this.#lookedMs) >= LOOK_MS;
    // Whoever asks does not wait: what held a moment ago will do. A database that fails shows elsewhere.
    if (isOld && !this.#looking) void this.#look().catch(() => undefined);
    return this.#now;
  }

  /** The settings as they are stored this moment. */
  async find(): Promise<SystemSettingsFound> {
    await this.#look();
    const { chosen, version, updatedMs } = this.#held;
    const sources = {
      ...sourcesOf(SYSTEM_DEFAULTS, (name) => (name in chosen ? 'stored' : 'default')),
      ...sourcesOf(this.#fixed, () => 'environment' as const),
    };
    return { values: this.#now, sources, version, updatedMs };
  }

  /** Changes what `patch` names; a refusal when the environment has the say, or another change came first. */
  async change(
    principal: Principal,
    { expected, patch }: { expected: number | 'any'; patch: SystemSettingsPatch },
    origin: Origin,
  ): Promise<Result<void, Refusal>> {
    const { config, audit, nowMs } = this.#parts;
    const fixed = Object.keys(patch).find((name) => name in this.#fixed);
    if (fixed !== undefined)
      return err(
        refuse('conflict', `the environment sets ${fixed}; change it there`, [
          { path: fixed, message: 'set by the environment' },
        ]),
      );
    const foreign = foreignExchange(config, patch);
    if (foreign) return err(foreign);
    const changed = await this.#book.change({ owner: SYSTEM_OWNER, expected, patch }, actorOf(principal), nowMs());
    if (!changed.ok) return err(CHANGED);
    await this.#look();
    if (changed.value) {
      const { before, after } = changed.value;
      await audit.write(principal, origin, { action: 'settings.change', target: 'settings', before, after });
    }
    return ok(undefined);
  }

  /** Changes that made a version below `beforeVersion`, newest first. */
  history(wanted: { beforeVersion: number; limit: number }): Promise<SettingsChangeView[]> {
    return changesOf(this.#parts.store, SYSTEM_OWNER, wanted);
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      this.#held = await this.#book.read(SYSTEM_OWNER);
      this.#now = this.#valuesOf(this.#held);
      this.#lookedMs = this.#parts.nowMs();
    } finally {
      this.#looking = false;
    }
  }

  #valuesOf({ chosen }: ChosenSettings<SystemSettings>): SystemSettings {
    return { ...this.#defaults, ...chosen, ...this.#fixed };
  }
}
