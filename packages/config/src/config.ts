import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, nearest, ok, type Result } from '@wickworks/core';
import {
  choiceSetting,
  portSetting,
  readSettings,
  readUrl,
  setting,
  switchSetting,
  textSetting,
  urlSetting,
  type ValuesOf,
} from './setting.js';

/** Where the local venue runs. */
export type VenueMode = { readonly kind: 'embedded' } | { readonly kind: 'off' } | VenueElsewhere;
export interface VenueElsewhere {
  readonly kind: 'url';
  /** Base URL without a trailing slash. */
  readonly url: string;
}

export const VENUE_CLOCKS = ['redated', 'historical'] as const;
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** Every setting of the system, checked; frozen. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Absolute path of the folder for everything that must be kept. */
  readonly dataDir: string;
  readonly database: {
    /** libSQL: `file:…`, `http(s)://…` or `libsql://…`. */
    readonly url: string;
    readonly authToken: string | null;
    /** Primary to replicate from; `url` is then the local replica. */
    readonly syncUrl: string | null;
  };
  readonly redisUrl: string | null;
  /** Exchange ids without repetition; `local` is the venue. */
  readonly exchanges: readonly string[];
  readonly venue: {
    readonly mode: VenueMode;
    readonly port: number;
    /** Simulated seconds per second. */
    readonly speed: number;
    /** Absolute path of a folder with further candle files. */
    readonly dataDir: string | null;
    /** Whether the fault injection API is open. */
    readonly faults: boolean;
    readonly clock: (typeof VENUE_CLOCKS)[number];
  };
  /** `null`: generated into the data dir at first need. */
  readonly secret: string | null;
  /** Whether market data can be read without signing in. */
  readonly publicMarketData: boolean;
  /** Origins (`https://host`) of pages on other hosts that may call the API. */
  readonly allowedOrigins: readonly string[];
  /** Where people reach the server when something stands before it, without a trailing slash; `https:` turns secure cookies and HSTS on. */
  readonly publicUrl: string | null;
  /** How many proxies stand before the server: so many addresses of `X-Forwarded-For` are believed. */
  readonly trustedProxies: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly mail: {
    /** `smtp://` or `smtps://`, with user and password where the server wants them; `null`: no mail is sent. */
    readonly smtpUrl: string | null;
    /** Sender; `null`: as the settings say. */
    readonly from: string | null;
  };
  readonly clerk: {
    readonly secretKey: string;
    readonly publishableKey: string;
    readonly jwtKey: string | null;
  } | null;
  /** Where a separately hosted SPA finds the API; `null`: same origin. */
  readonly webApiUrl: string | null;
  /** Every variable as it was found, to be shown. */
  readonly environment: readonly EnvironmentSetting[];
}

/** One variable: where it comes from, and what it was given when that is no secret. */
export interface EnvironmentSetting {
  readonly name: string;
  readonly isSecret: boolean;
  readonly source: 'environment' | 'env-file' | 'default';
  /** `null`: not set, or a secret. */
  readonly value: string | null;
  readonly accepted: string;
}

/** One unacceptable setting; `given` is `null` when it is missing, and masked when it is a secret. */
export interface ConfigFault {
  readonly variable: string;
  readonly given: string | null;
  readonly accepted: string;
}

const SECRET_VARIABLES: ReadonlySet<string> = new Set([
  'DATABASE_AUTH_TOKEN',
  'REDIS_URL',
  'WICK_SECRET',
  'WICK_SMTP_URL',
  'CLERK_SECRET_KEY',
  'CLERK_JWT_KEY',
]);
const SECRET_LENGTH_MIN = 32;
const SPEED_MAX = 100_000;

const MAIL_SENDER = /^(?:[^<>\r\n"]{1,60} <[^<>\s@]{1,64}@[^<>\s@]{1,255}>|[^<>\s@]{1,64}@[^<>\s@]{1,255})$/;

/** What each variable accepts and what it is worth when not set. */
const SETTINGS = {
  WICK_HOST: setting('an IP address or host name, such as 127.0.0.1', '127.0.0.1', (text) =>
    isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined,
  ),
  WICK_PORT: portSetting(8080),
  WICK_DATA_DIR: setting('a folder', './data', (text) => text),
  DATABASE_URL: setting<string, null>('a libSQL address: file:PATH, http(s)://HOST or libsql://HOST', null, (text) =>
    /^file:[^?#]+/.test(text) ? text : readUrl(text, ['http:', 'https:', 'libsql:']),
  ),
  DATABASE_AUTH_TOKEN: textSetting(),
  DATABASE_SYNC_URL: urlSetting(['http:', 'https:', 'libsql:'], 'libsql://primary.example'),
  REDIS_URL: urlSetting(['redis:', 'rediss:'], 'redis://127.0.0.1:6379'),
  WICK_EXCHANGES: setting<readonly string[], readonly string[]>(
    'a comma list of exchange ids in lower case, such as local,binance',
    ['local'],
    readExchanges,
  ),
  WICK_VENUE: setting<VenueMode, VenueMode>(
    'embedded, off, or the base URL of a venue such as http://127.0.0.1:8090',
    { kind: 'embedded' },
    readVenueMode,
  ),
  WICK_VENUE_PORT: portSetting(8090),
  WICK_VENUE_SPEED: setting(`a number above 0, at most ${SPEED_MAX}`, 1, (text) => {
    const speed = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return speed > 0 && speed <= SPEED_MAX ? speed : undefined;
  }),
  WICK_VENUE_DATA: textSetting(),
  WICK_VENUE_FAULTS: switchSetting(false),
  WICK_VENUE_CLOCK: choiceSetting(VENUE_CLOCKS, 'redated'),
  WICK_SECRET: setting<string, null>(`text of at least ${SECRET_LENGTH_MIN} characters`, null, (text) =>
    text.length >= SECRET_LENGTH_MIN ? text : undefined,
  ),
  WICK_PUBLIC_MARKET_DATA: switchSetting(null),
  WICK_ALLOWED_ORIGINS: setting<readonly string[], readonly string[]>(
    'a comma list of origins, such as https://wick.example',
    [],
    readOrigins,
  ),
  WICK_PUBLIC_URL: urlSetting(['http:', 'https:'], 'https://wick.example'),
  WICK_TRUSTED_PROXIES: setting('a number of proxies from 0 to 9', 0, (text) =>
    /^\d$/.test(text) ? Number(text) : undefined,
  ),
  WICK_SMTP_URL: urlSetting(['smtp:', 'smtps:'], 'smtps://user:password@mail.example'),
  WICK_MAIL_FROM: setting<string, null>('a mail address, such as Wickworks <wick@example.com>', null, (text) =>
    MAIL_SENDER.test(text) ? text : undefined,
  ),
  WICK_LOG_LEVEL: choiceSetting(LOG_LEVELS, 'info'),
  CLERK_SECRET_KEY: textSetting(),
  CLERK_PUBLISHABLE_KEY: textSetting(),
  CLERK_JWT_KEY: textSetting(),
  VITE_API_URL: urlSetting(['http:', 'https:'], 'https://wick.example/api/v1'),
};

/**
 * Reads every setting from `env`, once; relative folders are taken from `cwd`. All faults are told together.
 * `fromFile` names the variables that come from `.env`, so that people are told where to change them.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string = process.cwd(),
  fromFile: ReadonlySet<string> = new Set(),
): Result<Config, readonly ConfigFault[]> {
  const settings = readSettings(SETTINGS, env);
  if (!settings.ok) {
    return err(
      settings.error.map((variable) => ({
        variable,
        given: shown(variable, env[variable]),
        accepted: SETTINGS[variable].accepted,
      })),
    );
  }
  const read = settings.value;
  const clerk = readClerk(read);
  if (!clerk.ok) return clerk;
  const dataDir = resolve(cwd, read.WICK_DATA_DIR);
  const url = read.DATABASE_URL ?? pathToFileURL(resolve(dataDir, 'wickworks.db')).href;
  if (read.DATABASE_SYNC_URL !== null && !url.startsWith('file:')) {
    const accepted = 'a file: address (the local replica) when DATABASE_SYNC_URL is set';
    return err([{ variable: 'DATABASE_URL', given: url, accepted }]);
  }
  return ok(
    deepFreeze({
      host: read.WICK_HOST,
      port: read.WICK_PORT,
      dataDir,
      database: { url, authToken: read.DATABASE_AUTH_TOKEN, syncUrl: read.DATABASE_SYNC_URL },
      redisUrl: read.REDIS_URL,
      exchanges: read.WICK_EXCHANGES,
      venue: {
        mode: read.WICK_VENUE,
        port: read.WICK_VENUE_PORT,
        speed: read.WICK_VENUE_SPEED,
        dataDir: read.WICK_VENUE_DATA === null ? null : resolve(cwd, read.WICK_VENUE_DATA),
        faults: read.WICK_VENUE_FAULTS,
        clock: read.WICK_VENUE_CLOCK,
      },
      secret: read.WICK_SECRET,
      publicMarketData: read.WICK_PUBLIC_MARKET_DATA ?? (isLoopback(read.WICK_HOST) && read.WICK_PUBLIC_URL === null),
      allowedOrigins: withOriginOf(read.WICK_PUBLIC_URL, read.WICK_ALLOWED_ORIGINS),
      publicUrl: read.WICK_PUBLIC_URL,
      trustedProxies: read.WICK_TRUSTED_PROXIES,
      logLevel: read.WICK_LOG_LEVEL,
      clerk: clerk.value,
      webApiUrl: read.VITE_API_URL,
      mail: { smtpUrl: read.WICK_SMTP_URL, from: read.WICK_MAIL_FROM },
      environment: Object.entries(SETTINGS).map(([name, { accepted }]) => asFound(name, accepted, env, fromFile)),
    }),
  );
}

/** Variables of scripts and of a venue on its own, which are no settings of the server. */
const OTHER_VARIABLES = ['WICK_URL', 'WICK_API_KEY', 'WICK_EXCHANGE', 'WICK_VENUE_HOST', 'WICK_VENUE_SEED'];

/** One line for each `WICK_…` of `env` that nobody reads and that is nearly the name of a setting. */
export function misspeltVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = Object.keys(SETTINGS);
  return Object.keys(env).flatMap((name) => {
    if (!name.startsWith('WICK_') || known.includes(name) || OTHER_VARIABLES.includes(name)) return [];
    const meant = nearest(name, known);
    return meant === null ? [] : [`${name} is no setting and changes nothing; did you mean ${meant}?`];
  });
}

/** The faults as lines for a person: the variable, what was given, what is accepted. */
export const describeConfigFaults = (faults: readonly ConfigFault[]): string =>
  faults
    .map(({ variable, given, accepted }) =>
      given === null
        ? `${variable} is not set; it must be ${accepted}`
        : `${variable} is "${given}"; accepted: ${accepted}`,
    )
    .join('\n');

/** True when others than this machine's user can reach the server: by its address, or through something before it. */
export const isExposed = ({ host, publicUrl, trustedProxies }: Config): boolean =>
  !isLoopback(host) || publicUrl !== null || trustedProxies > 0;

/** True for addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function readExchanges(text: string): readonly string[] | undefined {
  const ids = splitList(text);
  return ids.length > 0 && ids.every((id) => /^[a-z0-9_]{2,32}$/.test(id)) ? ids : undefined;
}

function readOrigins(text: string): readonly string[] | undefined {
  const origins = splitList(text);
  return origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin) ? origins : undefined;
}

/** Pages under the server's own public address may call it, whatever `Host` a proxy passes on. */
const withOriginOf = (publicUrl: string | null, origins: readonly string[]): readonly string[] =>
  publicUrl === null ? origins : [...new Set([new URL(publicUrl).origin, ...origins])];

function readVenueMode(text: string): VenueMode | undefined {
  if (text === 'embedded' || text === 'off') return { kind: text };
  const url = readUrl(text, ['http:', 'https:']);
  return url === undefined ? undefined : { kind: 'url', url };
}

/** Clerk is on when both of its keys are there; one alone is a mistake. */
function readClerk(read: ValuesOf<typeof SETTINGS>): Result<Config['clerk'], readonly ConfigFault[]> {
  const { CLERK_SECRET_KEY: secretKey, CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_JWT_KEY: jwtKey } = read;
  if (secretKey !== null && publishableKey !== null) return ok({ secretKey, publishableKey, jwtKey });
  if (secretKey === null && publishableKey === null) return ok(null);
  const variable = secretKey === null ? 'CLERK_SECRET_KEY' : 'CLERK_PUBLISHABLE_KEY';
  return err([{ variable, given: null, accepted: 'set together with the other Clerk key' }]);
}

const splitList = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
];

function asFound(
  name: string,
  accepted: string,
  env: Readonly<Record<string, string | undefined>>,
  fromFile: ReadonlySet<string>,
): EnvironmentSetting {
  const given = env[name]?.trim() ?? '';
  const isSecret = SECRET_VARIABLES.has(name);
  const source = given === '' ? 'default' : fromFile.has(name) ? 'env-file' : 'environment';
  return { name, isSecret, source, value: given === '' || isSecret ? null : given, accepted };
}

const shown = (variable: string, given: string | undefined): string | null => {
  if (given === undefined) return null;
  return SECRET_VARIABLES.has(variable) ? `(hidden, ${given.length} characters)` : given;
};

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object);
  return Object.freeze(value);
}
