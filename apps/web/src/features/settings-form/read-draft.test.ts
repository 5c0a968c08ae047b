import { expect, it } from 'vitest';
import { draftOf, meantBy } from './read-draft.js';

const field = (kind: 'number' | 'text' | 'optional') => ({ name: 'x', label: 'X', kind });

it('shows what it reads back', () => {
  for (const [kind, value] of [
    ['number', 0],
    ['number', 480],
    ['text', 'BTC/USDT'],
    ['optional', null],
  ] as const)
    expect(meantBy(field(kind), draftOf(value))).toBe(value);
  expect(meantBy({ ...field('text'), kind: 'switch' }, draftOf(false))).toBe(false);
});

it('takes nothing for a number that is none, least of all an empty field for 0', () => {
  for (const text of ['', ' ', 'ten', '1e3', '0x10', '1,5']) expect(meantBy(field('number'), text)).toBe(text.trim());
});
