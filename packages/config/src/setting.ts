import * as z from 'zod';

/**
 * One environment variable: `read` gives the value of its text, or `undefined` when that is not acceptable;
 * `accepted` is what the person is then told. A variable set to nothing counts as not set.
 */
export function setting<T, D>(accepted: string, fallback: D, read: (text: string) => T | undefined) {
  return z
    .string()
    .optional()
    .transform((given, context): T | D => {
      const text = given?.trim() ?? '';
      if (text === '') return fallback;
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: accepted });
      return z.NEVER;
    });
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
