import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  diffLines,
  parseJson,
  valueAt,
  withItemMoved,
  withKeyMoved,
  withKeyRenamed,
  withValue,
} from './strategies-json.js';

describe('withValue', () => {
  it('sets and takes away, making the objects and lists on the way, and leaves the original alone', () => {
    const before = { a: { b: [1, 2, 3] } };
    expect(withValue(before, ['a', 'b', 1], 9)).toEqual({ a: { b: [1, 9, 3] } });
    expect(withValue(before, ['a', 'b', 1], undefined)).toEqual({ a: { b: [1, 3] } });
    expect(withValue(before, ['entry', 'long', 'when', 'all', 0], 'up')).toEqual({
      a: { b: [1, 2, 3] },
      entry: { long: { when: { all: ['up'] } } },
    });
    expect(withValue(before, ['a'], undefined)).toEqual({});
    expect(before).toEqual({ a: { b: [1, 2, 3] } });
  });

  it('is read back at the same path', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.oneof(fc.constantFrom('a', 'b'), fc.nat(3)), { minLength: 1, maxLength: 4 }),
        (value, path) => {
          const parsed = parseJson(JSON.stringify(value));
          if (!parsed.ok) throw new Error('JSON parses');
          expect(valueAt(withValue({}, path, parsed.value), path)).toEqual(parsed.value);
        },
      ),
    );
  });
});

it('renames a key in place', () => {
  const renamed = withKeyRenamed({ indicators: { a: 1, b: 2 } }, ['indicators'], { from: 'a', to: 'c' });
  expect(JSON.stringify(renamed)).toBe('{"indicators":{"c":1,"b":2}}');
});

it('moves items and keys by one place, and nothing past an edge', () => {
  expect(withItemMoved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(withItemMoved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(withItemMoved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(withItemMoved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  expect(JSON.stringify(withKeyMoved({ a: 1, b: 2, c: 3 }, 1, 1))).toBe('{"a":1,"c":3,"b":2}');
});

it('a diff leads from one text to the other and keeps what is common', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const lines = diffLines(before, after);
      const side = (gone: 'added' | 'removed'): string =>
        lines.flatMap(({ kind, text }) => (kind === gone ? [] : [text])).join('\n');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
    }),
  );
  expect(diffLines('a\nb\nc', 'a\nx\nc').map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
});
