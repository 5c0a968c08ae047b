import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { DataTable } from './data-table.js';
import type { TableColumn } from './table-model.js';
import { dismissToast, toastStore } from './toast-store.js';
import { fakeLayout } from './fake-layout.js';

beforeAll(() => fakeLayout({ width: 300, height: 280 }));
beforeEach(() => {
  for (const toast of toastStore.snapshot()) dismissToast(toast.id);
});
afterEach(cleanup);

const COLUMNS: readonly TableColumn[] = [
  { id: 'row', header: 'Row', ascending: true, value: (row) => row },
  { id: 'price', header: 'Price', value: (row) => (row * 7) % 10, text: (row) => `$${String((row * 7) % 10)}` },
];

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Fills' });
const firstRow = (): string[] =>
  within(screen.getAllByRole('row')[1] ?? grid())
    .getAllByRole('gridcell')
    .map((cell) => cell.textContent);
/** Text of the active cell. */
const active = (): string | null | undefined =>
  document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.textContent;

it('shows the rows in sight of 100,000 and says how many there are', () => {
  render(<DataTable label="Fills" columns={COLUMNS} rowCount={100_000} />);
  expect(screen.getAllByRole('row').length).toBeLessThan(40);
  expect(grid().getAttribute('aria-rowcount')).toBe('100001');
  expect(firstRow()).toEqual(['0', '$0']);
});

it('sorts by its headers, largest first, and turns round', async () => {
  render(<DataTable label="Fills" columns={COLUMNS} rowCount={10} />);
  await userEvent.click(screen.getByRole('button', { name: 'Price' }));
  expect(firstRow()).toEqual(['7', '$9']);
  expect(screen.getByRole('columnheader', { name: 'Price' }).getAttribute('aria-sort')).toBe('descending');
  await userEvent.click(screen.getByRole('button', { name: 'Price' }));
  expect(firstRow()).toEqual(['0', '$0']);
});

it('moves the active cell by keyboard and stays inside', async () => {
  const onOpenRow = vi.fn();
  render(<DataTable label="Fills" columns={COLUMNS} rowCount={10} onOpenRow={onOpenRow} />);
  grid().focus();
  await userEvent.keyboard('{ArrowUp}{ArrowDown}{ArrowRight}{ArrowRight}');
  expect(active()).toBe('$7');
  await userEvent.keyboard('{Control>}{End}{/Control}{Enter}');
  expect(onOpenRow).toHaveBeenCalledExactlyOnceWith(9);
});

it('copies everything as CSV in the order shown', async () => {
  const user = userEvent.setup();
  render(<DataTable label="Fills" columns={COLUMNS} rowCount={3} sort={{ column: 'row', direction: 'descending' }} />);
  grid().focus();
  await user.keyboard('{Control>}c{/Control}');
  expect(await navigator.clipboard.readText()).toBe('row,price\r\n2,4\r\n1,7\r\n0,0\r\n');
  expect(toastStore.snapshot().map((toast) => toast.text)).toEqual(['3 rows as CSV']);
});

it('follows data that changed behind the same columns', () => {
  const prices = [1, 2];
  const columns: readonly TableColumn[] = [{ id: 'price', header: 'Price', value: (row) => prices[row] ?? null }];
  const sort = { column: 'price', direction: 'descending' } as const;
  const { rerender } = render(<DataTable label="Fills" columns={columns} rowCount={2} version={1} sort={sort} />);
  expect(firstRow()).toEqual(['2']);
  prices[0] = 3;
  rerender(<DataTable label="Fills" columns={columns} rowCount={2} version={2} sort={sort} />);
  expect(firstRow()).toEqual(['3']);
});
