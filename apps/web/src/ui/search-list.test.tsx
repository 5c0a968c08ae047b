import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Combobox } from './combobox.js';
import { SearchList } from './search-list.js';
import { fakeLayout } from './fake-layout.js';

beforeAll(() => fakeLayout({ width: 300, height: 280 }));
afterEach(cleanup);

const MARKETS = Array.from({ length: 2_500 }, (_, index) => ({
  value: `M${String(index)}`,
  label: `M${String(index)}/USDT`,
  disabled: index === 1,
}));

/** Label of the active entry as assistive technology finds it. */
function active(): string | null | undefined {
  const id = screen.getByRole('combobox', { name: 'Markets' }).getAttribute('aria-activedescendant');
  return id === null ? null : document.getElementById(id)?.textContent;
}

it('keeps only the rows in sight of 2,500, and says how many there are', () => {
  render(<SearchList label="Markets" options={MARKETS} onPick={() => undefined} />);
  const rows = screen.getAllByRole('option');
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length).toBeLessThan(60);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('2500');
});

it('searches while typing and chooses with Enter', async () => {
  const onPick = vi.fn();
  render(<SearchList label="Markets" options={MARKETS} onPick={onPick} />);
  await userEvent.keyboard('m2499usdt{Enter}');
  expect(onPick).toHaveBeenCalledExactlyOnceWith(MARKETS[2_499]);
});

it('moves with the arrows, skips what cannot be chosen, and wraps around', async () => {
  const onPick = vi.fn();
  render(<SearchList label="Markets" options={MARKETS.slice(0, 4)} onPick={onPick} />);
  expect(active()).toContain('M0/USDT');
  await userEvent.keyboard('{ArrowDown}');
  expect(active()).toContain('M2/USDT');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(active()).toContain('M0/USDT');
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(onPick).toHaveBeenCalledExactlyOnceWith(MARKETS[3]);
});

it('says that nothing was found and chooses nothing', async () => {
  const onPick = vi.fn();
  render(<SearchList label="Markets" options={MARKETS} onPick={onPick} />);
  await userEvent.keyboard('zzz{Enter}');
  expect(screen.getByText('Nothing found for “zzz”.')).toBeDefined();
  expect(onPick).not.toHaveBeenCalled();
});

it('opens a combobox by keyboard, chooses, and gives the focus back', async () => {
  const onChange = vi.fn();
  render(<Combobox label="Markets" options={MARKETS} value="M5" onChange={onChange} />);
  const trigger = screen.getByRole('button', { name: 'Markets: M5/USDT' });
  trigger.focus();
  await userEvent.keyboard('{Enter}');
  expect(active()).toContain('M5/USDT');
  await userEvent.keyboard('m7{Enter}');
  expect(onChange).toHaveBeenCalledExactlyOnceWith('M7');
  expect(document.activeElement).toBe(trigger);
});

it('leaves the value as it was on Escape', async () => {
  const onChange = vi.fn();
  render(<Combobox label="Markets" options={MARKETS} value="M5" onChange={onChange} />);
  screen.getByRole('button').focus();
  await userEvent.keyboard('{Enter}{ArrowDown}{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(onChange).not.toHaveBeenCalled();
});
