/** One column of a table whose rows are known by index: the data may stay in columns, no row objects are needed. */
export interface TableColumn {
  id: string;
  header: string;
  /** What the cell says, raw: sorting and CSV use it. */
  value: (row: number) => number | string | null;
  /** What the cell shows; the raw value as text when absent. */
  text?: (row: number) => string;
  /** A class for the cell, e.g. the colour of a change. */
  tone?: (row: number) => string | undefined;
  align?: 'left' | 'right';
  /** CSS grid track, e.g. `minmax(80px, 1fr)`. */
  width?: string;
  /** Rows already ascend by this column: sorting by it costs nothing. */
  ascending?: boolean;
}

export interface TableSort {
  column: string;
  direction: 'ascending' | 'descending';
}

/** Compares raw values; empty cells come last in both directions. */
function compareValues(a: number | string | null, b: number | string | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** The row index shown at each position. Equal values keep their order; empty cells and NaN come last. */
export function orderRows(
  rowCount: number,
  column: TableColumn | undefined,
  direction: TableSort['direction'],
): (position: number) => number {
  const sign = direction === 'ascending' ? 1 : -1;
  if (column === undefined) return (position) => position;
  if (column.ascending === true) return sign === 1 ? (position) => position : (position) => rowCount - 1 - position;
  const values = Array.from({ length: rowCount }, (_, row) => column.value(row));
  const isEmpty = (value: number | string | null): boolean => value === null || value === '' || Number.isNaN(value);
  const order = values.map((_, row) => row);
  order.sort((a, b) => {
    const left = values[a] ?? null;
    const right = values[b] ?? null;
    const leftEmpty = isEmpty(left);
    if (leftEmpty !== isEmpty(right)) return leftEmpty ? 1 : -1;
    return (leftEmpty ? 0 : sign * compareValues(left, right)) || a - b;
  });
  return (position) => order[position] ?? position;
}

/** The sort after a click on `column`: descending first, then ascending, as one looks for extremes first. */
export const nextSort = (current: TableSort | null, column: string): TableSort => ({
  column,
  direction: current?.column === column && current.direction === 'descending' ? 'ascending' : 'descending',
});

function csvCell(value: number | string | null): string {
  if (value === null) return '';
  const text = String(value);
  if (typeof value === 'number') return text;
  // A leading = + - @ would run as a formula when a spreadsheet opens the file.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** All rows in the order shown, as RFC 4180 CSV with a header line; raw values at full precision. */
export function tableToCsv(
  columns: readonly TableColumn[],
  rowCount: number,
  rowAt: (position: number) => number,
): string {
  const lines = [columns.map((column) => csvCell(column.id)).join(',')];
  for (let position = 0; position < rowCount; position++) {
    const row = rowAt(position);
    lines.push(columns.map((column) => csvCell(column.value(row))).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}
