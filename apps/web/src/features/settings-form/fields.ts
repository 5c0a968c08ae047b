import type { SystemSettings, UserSettings } from '@wickworks/contracts';
import { TIMEFRAMES } from '@wickworks/core';

/** How one setting is shown and typed. */
export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** `optional`: text that may be left empty, which is `null`. */
  readonly kind: 'number' | 'text' | 'optional' | 'switch' | 'choice' | 'exchange' | 'zone';
  readonly choices?: readonly { value: string; label: string }[];
}
export interface SettingGroup {
  readonly title: string;
  readonly fields: readonly SettingField[];
}

type Named<T> = Omit<SettingField, 'name'> & { name: keyof T & string };
const of =
  <T>() =>
  (title: string, ...fields: readonly Named<T>[]): SettingGroup => ({ title, fields });
const mine = of<UserSettings>();
const ours = of<SystemSettings>();

const MARKET = [
  { name: 'exchange', label: 'Exchange', kind: 'exchange' },
  { name: 'symbol', label: 'Symbol', kind: 'text', hint: 'As in BTC/USDT.' },
  {
    name: 'timeframe',
    label: 'Timeframe',
    kind: 'choice',
    choices: TIMEFRAMES.map((timeframe) => ({ value: timeframe, label: timeframe })),
  },
] as const;

/** What people choose for themselves. */
export const USER_GROUPS: readonly SettingGroup[] = [
  mine(
    'Safety',
    {
      name: 'idleLockMinutes',
      label: 'Lock when left alone (minutes)',
      kind: 'number',
      hint: '0 to 480; 0 never locks.',
    },
    { name: 'securityMail', label: 'Mail about changes of password, second factor and keys', kind: 'switch' },
  ),
  mine(
    'Looks',
    {
      name: 'theme',
      label: 'Theme',
      kind: 'choice',
      choices: [
        { value: 'system', label: 'As the system' },
        { value: 'dark', label: 'Dark' },
        { value: 'light', label: 'Light' },
      ],
    },
    {
      name: 'palette',
      label: 'Up and down',
      kind: 'choice',
      choices: [
        { value: 'classic', label: 'Green and red' },
        { value: 'safe', label: 'Blue and orange' },
      ],
    },
    { name: 'timeZone', label: 'Time zone', kind: 'zone' },
    { name: 'singleKeys', label: 'Shortcuts of a single key', kind: 'switch' },
  ),
  mine('First chart in a new browser', ...MARKET),
];

/** What an admin sets for everybody. */
export const SYSTEM_GROUPS: readonly SettingGroup[] = [
  ours(
    'Signing in',
    {
      name: 'sessionDays',
      label: 'Session length (days)',
      kind: 'number',
      hint: '1 to 365; running ones keep their end.',
    },
    { name: 'accessTokenMinutes', label: 'Renewal of tokens (minutes)', kind: 'number', hint: '1 to 60.' },
    { name: 'invitationDays', label: 'Invitation holds (days)', kind: 'number', hint: '1 to 30.' },
    { name: 'selfRegistration', label: 'Anybody who gets here may make an account, as a viewer', kind: 'switch' },
  ),
  ours(
    'Mail',
    {
      name: 'mailFrom',
      label: 'Sender',
      kind: 'optional',
      hint: 'Such as Wickworks <wick@example.com>; empty: no mail.',
    },
    { name: 'passwordResetByMail', label: 'Lost passwords may be set anew by mail', kind: 'switch' },
  ),
  ours(
    'Requests a minute',
    { name: 'readsPerMinute', label: 'Reads', kind: 'number', hint: 'At least 60.' },
    { name: 'writesPerMinute', label: 'Writes', kind: 'number', hint: 'At least 30.' },
    { name: 'heavyPerMinute', label: 'Heavy work', kind: 'number', hint: 'At least 1.' },
    { name: 'attemptsPerMinute', label: 'Attempts to sign in', kind: 'number', hint: 'At least 5.' },
    { name: 'requestsPerMinuteOfAddress', label: 'All of one address', kind: 'number', hint: 'At least 120.' },
  ),
  ours('First chart of whoever chose none', ...MARKET),
];

/** Label of a setting, by its name; the name itself of one that is not known here. */
export const labelOf = (groups: readonly SettingGroup[], name: string): string =>
  groups.flatMap(({ fields }) => fields).find((field) => field.name === name)?.label ?? name;
