import { SettingsBook } from '@wickworks/accounts';
import {
  isSettingOf,
  SYSTEM_DEFAULTS,
  SystemSettings,
  SystemSettingsPatch,
  USER_DEFAULTS,
  UserSettings,
  UserSettingsPatch,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { SYSTEM_OWNER } from '@wickworks/db';
import type { CommandFailure } from '../failure.js';
import { failed, wrongUsage } from '../failure.js';
import { findUser, type Office } from './office.js';

/** Settings of one owner, as commands work with them. */
export interface SettingsDesk {
  readonly owner: string;
  /** Target of entries in the audit log. */
  readonly target: string;
  readonly book: SettingsBook<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** What the environment says. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** The change that `texts` ask for, or what is wrong with it. */
  readonly patchOf: (texts: ReadonlyMap<string, string>) => Result<Record<string, unknown>, CommandFailure>;
}

/** The desk of the installation, or of the user of this name. */
export async function settingsDesk(
  office: Office,
  username: string | undefined,
): Promise<Result<SettingsDesk, CommandFailure>> {
  const { config, stores } = office;
  const isKnown = (name: string, value: unknown): boolean =>
    name !== 'exchange' || config.exchanges.some((id) => id === value);
  const bookOf = (settings: typeof SystemSettings | typeof UserSettings) =>
    new SettingsBook<Record<string, unknown>>(
      stores.settings,
      (name, value) => isSettingOf(settings, name, value) && isKnown(name, value),
    );
  const fixed: Record<string, unknown> = config.mail.from === null ? {} : { mailFrom: config.mail.from };
  const systemBook = bookOf(SystemSettings);
  if (username === undefined)
    return ok({
      ...{ owner: SYSTEM_OWNER, target: 'settings', book: systemBook, defaults: SYSTEM_DEFAULTS, fixed },
      patchOf: (texts) => patchOf(texts, SystemSettingsPatch, isKnown, fixed),
    });
  const user = await findUser(office, username);
  if (!user.ok) return user;
  const { exchange, symbol, timeframe } = { ...SYSTEM_DEFAULTS, ...(await systemBook.read(SYSTEM_OWNER)).chosen };
  return ok({
    ...{ owner: user.value.id, target: `settings:${user.value.id}`, book: bookOf(UserSettings), fixed: {} },
    defaults: { ...USER_DEFAULTS, exchange, symbol, timeframe },
    patchOf: (texts) => patchOf(texts, UserSettingsPatch, isKnown, {}),
  });
}

/** `default` for the default; else JSON where it is some that fits (7, true), the text itself otherwise. */
function patchOf(
  texts: ReadonlyMap<string, string>,
  schema: typeof SystemSettingsPatch | typeof UserSettingsPatch,
  isKnown: (name: string, value: unknown) => boolean,
  fixed: object,
): Result<Record<string, unknown>, CommandFailure> {
  const patch: Record<string, unknown> = {};
  for (const [name, text] of texts) {
    if (!Object.hasOwn(schema.shape, name)) return err(wrongUsage(`there is no setting "${name}"`));
    if (Object.hasOwn(fixed, name)) return err(failed(`the environment sets ${name}; change it there`));
    const read = [jsonOf(text), text].find((value) => schema.safeParse({ [name]: value }).success);
    const value = text === 'default' ? null : read;
    const wrong = schema.safeParse({ [name]: value === undefined ? jsonOf(text) : value }).error?.issues[0]?.message;
    if (wrong !== undefined || value === undefined) return err(wrongUsage(`${name}: ${wrong ?? 'not accepted'}`));
    if (value !== null && !isKnown(name, value)) return err(wrongUsage(`${name}: this installation has no "${text}"`));
    patch[name] = value;
  }
  return ok(patch);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
