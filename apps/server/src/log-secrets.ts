import { stdSerializers } from 'pino';

/** Names whose values are secret wherever they stand, in lower case without `-` and `_`. */
const NAMES = new Set([
  ...['secret', 'password', 'passphrase', 'currentpassword', 'newpassword', 'passwordhash', 'recoverycodes'],
  ...['token', 'authtoken', 'accesstoken', 'refreshtoken', 'resumetoken', 'csrftoken', 'setuptoken', 'idtoken'],
  ...['apikey', 'secretkey', 'privatekey', 'datakey', 'signature', 'totpsecret', 'authorization', 'cookie'],
  ...['setcookie', 'proxyauthorization', 'xapikey', 'xmbxapikey', 'xcsrftoken', 'credentials'],
]);
const HIDDEN = '[hidden]';
/** Deeper than anything we log on purpose; what stands there is not looked into, so it is not written. */
const DEPTH_MAX = 8;

/** `fields` as they may be logged: what stands under a secret name is hidden, however deep. */
export const withoutSecrets = (fields: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      NAMES.has(name.toLowerCase().replaceAll(/[-_]/g, '')) ? HIDDEN : shown(value, depth + 1),
    ]),
  );

/** An error, or what a serialiser made of one, as it may be logged. */
export const loggedError = (error: unknown): unknown => shown(error, 0);

function shown(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof URL) return value;
  if (depth > DEPTH_MAX || ArrayBuffer.isView(value)) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => shown(item, depth + 1));
  return withoutSecrets(value instanceof Error ? { ...stdSerializers.err(value) } : value, depth);
}

/** What gives itself away by its shape, in a message or an address: our keys, tokens, and what is sent along with them. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bwk_[\w-]{20,}/g, HIDDEN],
  [/\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]{6,}/g, HIDDEN],
  [/\b(Bearer|Basic) [\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  [/(\w:\/\/)[^\s/@"]*:[^\s/@"]*@/g, `$1${HIDDEN}@`],
  [/\b((?:access_|refresh_)?token|api_?key|apikey|secret|password|passphrase|signature)=[^\s&"'\\]+/gi, `$1=${HIDDEN}`],
];

/** A line of the log without what looks like a secret. */
export const lineWithoutSecrets = (line: string): string =>
  SHAPES.reduce((text, [shape, instead]) => text.replaceAll(shape, instead), line);
