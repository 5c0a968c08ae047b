import type { SettingsActor } from '@wickworks/accounts';
import type { Config } from '@wickworks/config';
import type { SettingsChangeView, SettingSource } from '@wickworks/contracts';
import type { AccountStores, SettingsChangeRow } from '@wickworks/db';
import type { Principal } from '../auth/principal.js';
import { refuse, type Refusal } from '../wire/problem.js';

/** The answer to a change of settings that have changed since they were read. */
export const CHANGED = refuse('precondition-failed', 'they have changed since you read them; read them again');

/** Whoever changes settings, for their history. */
export const actorOf = ({ userId, name, by }: Principal): SettingsActor => ({ actorId: userId, actorName: name, by });

/** The source of each setting that `settings` names. */
export const sourcesOf = <S extends object>(
  settings: S,
  sourceOf: (name: string) => SettingSource,
): Record<keyof S, SettingSource> =>
  // Built from the very names that the type is read from.
  Object.fromEntries(Object.keys(settings).map((name) => [name, sourceOf(name)])) as Record<keyof S, SettingSource>;

/** The refusal of a patch that names an exchange this installation does not have; `null` when it does not. */
export function foreignExchange(
  { exchanges }: Config,
  { exchange }: { readonly exchange?: string | null | undefined },
): Refusal | null {
  if (exchange === undefined || exchange === null || exchanges.includes(exchange)) return null;
  const message = `use one of ${exchanges.join(', ')}`;
  return refuse('invalid-field', message, [{ path: 'exchange', message }]);
}

const objectOf = (text: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

/** A change as it is shown. */
const changeView = ({ before, after, owner: _, ...shown }: SettingsChangeRow): SettingsChangeView => ({
  ...shown,
  before: objectOf(before),
  after: objectOf(after),
});

/** The newest `limit` changes of `owner`'s settings before a version, as they are shown. */
export async function changesOf(
  store: AccountStores['settings'],
  owner: string,
  wanted: { readonly beforeVersion: number; readonly limit: number },
): Promise<SettingsChangeView[]> {
  return (await store.history(owner, wanted)).map(changeView);
}
