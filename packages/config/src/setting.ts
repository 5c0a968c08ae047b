import { err, ok, type Result } from '@wickworks/core';

/** One environment variable: what it accepts, as a person is told, and how its text becomes a value. */
export interface Setting<T> {
  readonly accepted: string;
  /** The value of what was given, the fallback for nothing, `undefined` when it is not acceptable. */
  read(given: string | undefined): T | undefined;
}

/** What a table of settings is worth once read. */
export type ValuesOf<S extends Readonly<Record<string, Setting<unknown>>>> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/**
 * One environment variable: `read` gives the value of its text, or `undefined` when that is not acceptable. A variable
 * set to nothing counts as not set. Written out by hand: loading zod alone takes as long as starting Node.
 */
export function setting<T, D>(accepted: string, fallback: D, read: (text: string) => T | undefined): Setting<T | D> {
  return {
    accepted,
    read: (given) => {
      const text = given?.trim() ?? '';
      return text === '' ? fallback : read(text);
    },
  };
}

/** Every value of `table` as `env` has it, or the names of all variables that are not acceptable. */
export function readSettings<S extends Readonly<Record<string, Setting<unknown>>>>(
  table: S,
  env: Readonly<Record<string, string | undefined>>,
): Result<ValuesOf<S>, readonly (keyof S & string)[]> {
  const values = Object.entries(table).map(([variable, one]) => [variable, one.read(env[variable])] as const);
  const refused = values.filter(([, value]) => value === undefined).map(([variable]) => variable);
  // Built from the very table that the type is read from.
  return refused.length > 0 ? err(refused) : ok(Object.fromEntries(values) as ValuesOf<S>);
}

/** Any text, `null` when not set. */
export const textSetting = () => setting<string, null>('any text', null, (text) => text);

/** `1` or `0`. */
export const switchSetting = <D>(fallback: D) =>
  setting<boolean, D>('1 (on) or 0 (off)', fallback, (text) => ({ '0': false, '1': true })[text]);

/** A TCP port; 0 asks the system for a free one. */
export const portSetting = (fallback: number) =>
  setting('a port number from 0 to 65535 (0: any free port)', fallback, (text) => {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
    return port <= 65_535 ? port : undefined;
  });

/** One word of a fixed list. */
export const choiceSetting = <const W extends string>(words: readonly W[], fallback: W) =>
  setting<W, W>(`one of ${words.join(', ')}`, fallback, (text) => words.find((word) => word === text));

/** An absolute URL with one of `protocols` (`http:` …), without a trailing slash; `null` when not set. */
export const urlSetting = (protocols: readonly string[], example: string) =>
  setting<string, null>(`a URL such as ${example}`, null, (text) => readUrl(text, protocols));

/** `text` as an absolute URL with one of `protocols`, without a trailing slash; `undefined` otherwise. */
export function readUrl(text: string, protocols: readonly string[]): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return protocols.includes(url.protocol) && url.host !== '' ? text.replace(/\/+$/, '') : undefined;
}
