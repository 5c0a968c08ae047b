import fc from 'fast-check';
import type { Json } from './spec.js';

const deep = (depth: number): Json => {
  let value: Json = 0;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { not: value };
  return value;
};
/** An object with a field of its own of that name, `__proto__` too. */
const withField = (name: string, value: Json): Json => Object.fromEntries([[name, value]]);

/** Values that have broken servers before. */
export const NASTY_TEXTS: readonly string[] = [
  ...['', ' ', '\0', 'a\0b', '\ud800', 'x\udfff', '\u202e', '﷽', '👩‍👩‍👧‍👦', 'İ', 'ß'.repeat(64), '\r\nSet-Cookie: a=b'],
  ...["' OR 1=1; --", '"; DROP TABLE users', '<script>alert(1)</script>', '${7*7}', '{{7*7}}', '%s%n', '../../secret'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'Infinity', '-0', '1e999'],
  ...[
    '0x10',
    '1_000',
    '1,5',
    ' 1',
    '1 ',
    '\u0661',
    'true',
    '[object Object]',
    'file:///etc/passwd',
    'x'.repeat(10_000),
  ],
];
const NASTY: readonly Json[] = [
  ...[null, true, false, 0, -1, 1, 0.1, -0.5, 2 ** 31, 2 ** 53, -(2 ** 53) - 2, 1e21, 1e308, -1e308, 5e-324],
  ...NASTY_TEXTS,
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { toString: 1 },
    { then: 'x' },
    { length: -1 },
    { toJSON: 'x' },
    deep(40),
    deep(1_500),
  ],
  ...[withField('__proto__', { role: 'admin' }), { constructor: { prototype: { role: 'admin' } } }],
  ...[new Array<Json>(2_000).fill(0), new Array<Json>(300).fill({ a: [] })],
];

type Change = (value: Json, random: number) => Json;

const isRecord = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const pick = <T>(list: readonly T[], random: number): T | undefined => list[Math.floor(random * list.length)];

const CHANGES: readonly Change[] = [
  (_, random) => pick(NASTY, random) ?? null,
  (_, random) => pick(NASTY, random) ?? null,
  (value, random) => {
    if (!isRecord(value)) return [value, value];
    const gone = pick(Object.keys(value), random);
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== gone));
  },
  (value, random) => {
    const name = pick(['__proto__', 'constructor', 'role', 'id', 'ownerId', 'isAdmin', 'then', 'toJSON', ''], random);
    if (!isRecord(value)) return withField(name ?? '', value);
    return Object.fromEntries([...Object.entries(value), [name ?? '', pick(NASTY, random) ?? null]]);
  },
  (value) => (typeof value === 'number' ? String(value) : typeof value === 'string' ? [value] : JSON.stringify(value)),
  (value) => (typeof value === 'number' ? -value : typeof value === 'string' ? value + value : value),
  (value) => (typeof value === 'string' ? value.toUpperCase() : isList(value) ? [...value, ...value] : value),
  (value) => (typeof value === 'number' ? value + 0.5 : typeof value === 'string' ? ` ${value} ` : null),
];

/** `value` with one to three things about it wrong, at any depth. */
export const mutated = (value: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(value, fc.array(fc.tuple(unit, unit, unit), { minLength: 1, maxLength: 3 }))
    .map(([start, steps]) =>
      steps.reduce(
        (now, [where, what, random]) => changedAt(now, where, pick(CHANGES, what) ?? CHANGES[0], random),
        start,
      ),
    );
const unit = fc.double({ min: 0, max: 0.999_999, noNaN: true });

/** Walks into `value`, at each level as `where` decides, and changes what it comes to. */
function changedAt(value: Json, where: number, change: Change | undefined, random: number): Json {
  if (!change) return value;
  const stays = (where * 7) % 1 < 0.25;
  const next = (where * 13.37 + 0.123) % 1;
  if (!stays && isList(value) && value.length > 0) {
    const at = Math.floor(where * value.length);
    return value.map((item, index) => (index === at ? changedAt(item, next, change, random) : item));
  }
  if (!stays && isRecord(value) && Object.keys(value).length > 0) {
    const at = pick(Object.keys(value), where);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, name === at ? changedAt(item, next, change, random) : item]),
    );
  }
  return change(value, random);
}
