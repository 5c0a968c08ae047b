import { TIMEFRAMES } from '@wickworks/core';
import * as z from 'zod';
import { ExchangeId, SymbolName, TimeMs } from './candles.js';

const perMinute = (min: number) => z.int().min(min).max(1_000_000);
/** `name@host`, or `Name <name@host>` for a sender. */
export const MailAddress = z.email().max(254);
const MailSender = z
  .string()
  .max(320)
  .regex(/^(?:[^<>\r\n"]{1,60} <[^<>\s@]{1,64}@[^<>\s@]{1,255}>|[^<>\s@]{1,64}@[^<>\s@]{1,255})$/, {
    message: 'an address, such as Wickworks <wick@example.com>',
  });

/** Chart that whoever chose nothing begins with. */
const market = {
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: z.enum(TIMEFRAMES),
};

/** What an admin sets for the whole installation while it runs; each is read where its comment says. */
export const SystemSettings = z.object({
  ...market,
  /** A session ends so long after signing in; those that have begun keep their end. */
  sessionDays: z.int().min(1).max(365),
  /** An access token is renewed so often. */
  accessTokenMinutes: z.int().min(1).max(60),
  /** An invitation holds so long. */
  invitationDays: z.int().min(1).max(30),
  /** Anybody who reaches the server may make an account; it is a viewer's. */
  selfRegistration: z.boolean(),
  /** Whoever forgot a password may have a link mailed to the confirmed address of the account. */
  passwordResetByMail: z.boolean(),
  /** Sender of mail; `null`: none is sent unless the environment names one. */
  mailFrom: MailSender.nullable(),
  /** Requests a minute by class; low enough to stop a flood, never so low that an admin cannot set it right. */
  readsPerMinute: perMinute(60),
  writesPerMinute: perMinute(30),
  heavyPerMinute: perMinute(1),
  attemptsPerMinute: perMinute(5),
  requestsPerMinuteOfAddress: perMinute(120),
});
export type SystemSettings = z.infer<typeof SystemSettings>;

/** What nobody has chosen. */
export const SYSTEM_DEFAULTS: SystemSettings = {
  exchange: 'local',
  symbol: 'BTC/USDT',
  timeframe: '1m',
  sessionDays: 30,
  accessTokenMinutes: 10,
  invitationDays: 7,
  selfRegistration: false,
  passwordResetByMail: true,
  mailFrom: null,
  readsPerMinute: 1_200,
  writesPerMinute: 600,
  heavyPerMinute: 120,
  attemptsPerMinute: 60,
  requestsPerMinuteOfAddress: 2_400,
};

const isTimeZone = (zone: string): boolean => {
  if (['utc', 'local', 'exchange'].includes(zone)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // this is how an unknown zone is told
  }
};

/** What people choose for themselves and find again in every browser they sign in with. */
export const UserSettings = z.object({
  ...market,
  theme: z.enum(['system', 'dark', 'light']),
  /** Colours of up and down: `safe` for people who cannot tell red from green. */
  palette: z.enum(['classic', 'safe']),
  /** `utc`, `local`, `exchange` or an IANA name. */
  timeZone: z.string().min(1).max(64).refine(isTimeZone, 'utc, local, exchange, or a zone such as Europe/Vienna'),
  /** Shortcuts of one plain key. */
  singleKeys: z.boolean(),
  /** The page asks for a proof again after so long without a hand on it; 0: never. */
  idleLockMinutes: z.int().min(0).max(480),
  /** Mail about changes of the own password, second factor and keys. */
  securityMail: z.boolean(),
});
export type UserSettings = z.infer<typeof UserSettings>;

/** What somebody who chose nothing has; exchange, symbol and timeframe are the installation's. */
export const USER_DEFAULTS: Omit<UserSettings, keyof typeof market> = {
  theme: 'system',
  palette: 'classic',
  timeZone: 'local',
  singleKeys: true,
  idleLockMinutes: 0,
  securityMail: true,
};

/** Body of a PATCH: what is named is changed, `null` goes back to the default; a name that is none is refused. */
const patchOf = <S extends z.ZodRawShape>(settings: z.ZodObject<S>) => {
  const fields = Object.entries<z.core.$ZodType>(settings.shape).map(([name, field]) => [
    name,
    z.optional(z.nullable(field)),
  ]);
  // Built from the very shape that the type is read from.
  const shape = Object.fromEntries(fields) as unknown as { [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>> };
  return z.strictObject(shape);
};

export const SystemSettingsPatch = patchOf(SystemSettings);
export type SystemSettingsPatch = z.infer<typeof SystemSettingsPatch>;
export const UserSettingsPatch = patchOf(UserSettings);
export type UserSettingsPatch = z.infer<typeof UserSettingsPatch>;

/** True when `value` is one that the setting of this name may have; false for names of no setting. */
export const isSettingOf = (
  settings: typeof SystemSettings | typeof UserSettings,
  name: string,
  value: unknown,
): boolean => Object.hasOwn(settings.shape, name) && settings.partial().safeParse({ [name]: value }).success;

/** Where a value comes from: what is built in, the installation's settings, what was stored, or the environment, which wins. */
export const SETTING_SOURCES = ['default', 'system', 'stored', 'environment'] as const;
const SettingSource = z.enum(SETTING_SOURCES);
export type SettingSource = z.infer<typeof SettingSource>;

const viewOf = <S extends z.ZodRawShape>(settings: z.ZodObject<S>) => ({
  values: settings,
  sources: z.record(z.string(), SettingSource),
  version: z.int().nonnegative(),
  /** `null`: never changed. */
  updatedMs: TimeMs.nullable(),
});

/** One variable of the environment; it can be changed there only, and a secret shows no more than that it is set. */
export const EnvironmentSettingView = z.object({
  name: z.string(),
  isSecret: z.boolean(),
  source: z.enum(['environment', 'env-file', 'default']),
  /** As given; `null` when it is not set, or secret. */
  value: z.string().nullable(),
  /** What may be given, in words. */
  accepted: z.string(),
});
export type EnvironmentSettingView = z.infer<typeof EnvironmentSettingView>;

/** `GET /settings`. */
export const SystemSettingsView = z.object({
  ...viewOf(SystemSettings),
  environment: z.array(EnvironmentSettingView),
  /** Whether mail can be sent: an SMTP server and a sender are named. */
  canMail: z.boolean(),
});
export type SystemSettingsView = z.infer<typeof SystemSettingsView>;

/** `GET /me/settings`. */
export const UserSettingsView = z.object(viewOf(UserSettings));
export type UserSettingsView = z.infer<typeof UserSettingsView>;

/**
 * One change, newest first. `before` and `after` hold the settings it changed and no others, `null` where the default
 * held: sent as a PATCH, `before` undoes it.
 */
export const SettingsChangeView = z.object({
  version: z.int(),
  timeMs: TimeMs,
  actorId: z.string(),
  actorName: z.string(),
  by: z.string(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});
export type SettingsChangeView = z.infer<typeof SettingsChangeView>;
