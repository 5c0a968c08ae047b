import { err, ok, type Result } from '@wickworks/core';

/** Where settings lie: by owner, with every change. */
export interface SettingsShelf {
  find(
    owner: string,
  ): Promise<{ readonly chosen: string; readonly version: number; readonly updatedMs: number } | null>;
  change(
    next: { owner: string; expected: number; chosen: string },
    change: SettingsActor & { timeMs: number; before: string; after: string },
  ): Promise<boolean>;
}

/** Who changes settings. */
export interface SettingsActor {
  readonly actorId: string;
  readonly actorName: string;
  /** How the actor was known: session, api-key, cli. */
  readonly by: string;
}

/** What an owner chose; what is not in `chosen` has its default. */
export interface ChosenSettings<S> {
  readonly chosen: Partial<S>;
  /** 0: nothing was ever changed. */
  readonly version: number;
  readonly updatedMs: number | null;
}

/** A change: the settings it changed and no others, `null` where the default held. */
export interface SettingsChange<S> {
  readonly now: ChosenSettings<S>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** Settings of one kind, by owner: read, and changed with a history. `fits` tells whether a value is one the setting may have. */
export class SettingsBook<S extends object> {
  readonly #shelf: SettingsShelf;
  readonly #fits: (name: string, value: unknown) => boolean;

  constructor(shelf: SettingsShelf, fits: (name: string, value: unknown) => boolean) {
    this.#shelf = shelf;
    this.#fits = fits;
  }

  /** What `owner` chose; a stored value that is none any more (of another version) counts as not chosen. */
  async read(owner: string): Promise<ChosenSettings<S>> {
    const row = await this.#shelf.find(owner);
    if (!row) return { chosen: {}, version: 0, updatedMs: null };
    return { chosen: this.#parse(row.chosen), version: row.version, updatedMs: row.updatedMs };
  }

  /**
   * Changes what `patch` names, `null` going back to the default; `null` when nothing differs from what holds. An error
   * when the version is not `expected` (any more).
   */
  async change(
    { owner, expected, patch }: { owner: string; expected: number | 'any'; patch: Readonly<Record<string, unknown>> },
    actor: SettingsActor,
    nowMs: number,
  ): Promise<Result<SettingsChange<S> | null, 'changed-meanwhile'>> {
    const found = await this.read(owner);
    if (expected !== 'any' && expected !== found.version) return err('changed-meanwhile');
    const chosen: Record<string, unknown> = { ...found.chosen };
    const before: Record<string, unknown> = {};
    const after: Record<string, unknown> = {};
    for (const [name, wanted = null] of Object.entries(patch)) {
      const held = chosen[name] ?? null;
      if (JSON.stringify(held) === JSON.stringify(wanted)) continue;
      before[name] = held;
      after[name] = wanted;
      if (wanted === null) Reflect.deleteProperty(chosen, name);
      else chosen[name] = wanted;
    }
    if (Object.keys(after).length === 0) return ok(null);
    const isStored = await this.#shelf.change(
      { owner, expected: found.version, chosen: JSON.stringify(chosen) },
      { ...actor, timeMs: nowMs, before: JSON.stringify(before), after: JSON.stringify(after) },
    );
    if (!isStored) return err('changed-meanwhile');
    const now = { chosen: this.#keepFitting(chosen), version: found.version + 1, updatedMs: nowMs };
    return ok({ now, before, after });
  }

  #parse(text: string): Partial<S> {
    const stored: unknown = JSON.parse(text);
    return this.#keepFitting(typeof stored === 'object' && stored !== null ? stored : {});
  }

  #keepFitting(stored: object): Partial<S> {
    const fitting = Object.entries(stored).filter(([name, value]) => this.#fits(name, value));
    // Each of its values has just been found to fit.
    return Object.fromEntries(fitting) as Partial<S>;
  }
}
