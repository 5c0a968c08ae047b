import { describe, expect, it } from 'vitest';
import { nextSort, orderRows, tableToCsv, type TableColumn } from './table-model.js';

const names = ['b', 'a', 'c', ''];
const sizes = [2, 10, null, NaN];
const NAME: TableColumn = { id: 'name', header: 'Name', value: (row) => names[row] ?? null };
const SIZE: TableColumn = { id: 'size', header: 'Size', value: (row) => sizes[row] ?? null };
const order = (column: TableColumn | undefined, direction: 'ascending' | 'descending', count = 4): number[] => {
  const rowAt = orderRows(count, column, direction);
  return Array.from({ length: count }, (_, position) => rowAt(position));
};

describe('orderRows', () => {
  it('keeps the order without a column', () => {
    expect(order(undefined, 'descending')).toEqual([0, 1, 2, 3]);
  });

  it('sorts numbers as numbers and puts empty cells last both ways', () => {
    expect(order(SIZE, 'ascending')).toEqual([0, 1, 2, 3]);
    expect(order(SIZE, 'descending')).toEqual([1, 0, 2, 3]);
  });

  it('sorts text and puts empty text last both ways', () => {
    expect(order(NAME, 'ascending')).toEqual([1, 0, 2, 3]);
    expect(order(NAME, 'descending')).toEqual([2, 0, 1, 3]);
  });

  it('keeps equal rows in their order in both directions', () => {
    const same: TableColumn = { id: 'same', header: 'Same', value: () => 1 };
    expect(order(same, 'ascending')).toEqual([0, 1, 2, 3]);
    expect(order(same, 'descending')).toEqual([0, 1, 2, 3]);
  });

  it('only mirrors a column that ascends already', () => {
    const time: TableColumn = {
      id: 'time',
      header: 'Time',
      ascending: true,
      value: () => {
        throw new Error('not read');
      },
    };
    expect(order(time, 'ascending')).toEqual([0, 1, 2, 3]);
    expect(order(time, 'descending')).toEqual([3, 2, 1, 0]);
  });
});

describe('nextSort', () => {
  it('starts descending and turns round on the same column', () => {
    expect(nextSort(null, 'a')).toEqual({ column: 'a', direction: 'descending' });
    expect(nextSort({ column: 'a', direction: 'descending' }, 'a')).toEqual({ column: 'a', direction: 'ascending' });
    expect(nextSort({ column: 'a', direction: 'ascending' }, 'b')).toEqual({ column: 'b', direction: 'descending' });
  });
});

describe('tableToCsv', () => {
  it('writes raw values at full precision, in the order shown', () => {
    const values = [0.1 + 0.2, 1e-8];
    const column: TableColumn = {
      id: 'price',
      header: 'Price',
      value: (row) => values[row] ?? null,
      text: () => 'rounded',
    };
    expect(tableToCsv([column], 2, (position) => 1 - position)).toBe('price\r\n1e-8\r\n0.30000000000000004\r\n');
  });

  it('quotes what would break a line and disarms what would run as a formula', () => {
    const texts = ['a,b', 'say "hi"', 'two\nlines', '=HYPERLINK("x")', '-5', null];
    const column: TableColumn = { id: 'text', header: 'Text', value: (row) => texts[row] ?? null };
    expect(tableToCsv([column], texts.length, (position) => position).split('\r\n')).toEqual([
      'text',
      '"a,b"',
      '"say ""hi"""',
      '"two\nlines"',
      `"'=HYPERLINK(""x"")"`,
      `'-5`,
      '',
      '',
    ]);
  });

  it('leaves negative numbers alone', () => {
    const column: TableColumn = { id: 'change', header: 'Change', value: () => -1.5 };
    expect(tableToCsv([column], 1, () => 0)).toBe('change\r\n-1.5\r\n');
  });
});
