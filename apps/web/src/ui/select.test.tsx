import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { Select } from './select.js';
import { fakeLayout } from './fake-layout.js';

beforeAll(() => fakeLayout({ width: 300, height: 280 }));
afterEach(cleanup);

const TYPES = [
  { value: 'market', label: 'Market' },
  { value: 'limit', label: 'Limit' },
  { value: 'stop', label: 'Stop', disabled: true },
  { value: 'trailing', label: 'Trailing' },
] as const;

function OrderType() {
  const [type, setType] = useState<(typeof TYPES)[number]['value']>('limit');
  return <Select label="Order type" options={TYPES} value={type} onChange={setType} />;
}

const control = (): HTMLElement => screen.getByRole('combobox', { name: 'Order type' });

it('opens at the chosen entry, moves over disabled ones and chooses', async () => {
  render(<OrderType />);
  control().focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(control().textContent).toBe('Trailing');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(document.activeElement).toBe(control());
});

it('jumps to what a letter begins', async () => {
  render(<OrderType />);
  control().focus();
  await userEvent.keyboard('m{Enter}');
  expect(control().textContent).toBe('Market');
});

it('leaves the value on Escape', async () => {
  render(<OrderType />);
  control().focus();
  await userEvent.keyboard('{Enter}{End}{Escape}');
  expect(control().textContent).toBe('Limit');
  expect(control().getAttribute('aria-expanded')).toBe('false');
});

it('chooses by pointer and ignores disabled entries', async () => {
  render(<OrderType />);
  await userEvent.click(control());
  await userEvent.click(screen.getByRole('option', { name: 'Stop' }));
  expect(control().textContent).toBe('Limit');
  await userEvent.click(screen.getByRole('option', { name: 'Market' }));
  expect(control().textContent).toBe('Market');
});
