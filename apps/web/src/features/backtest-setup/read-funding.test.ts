import { describe, expect, it } from 'vitest';
import { readPayments, writePayments } from './read-funding.js';

const EIGHT = Date.UTC(2025, 0, 1, 8);

describe('payments of funding as lines', () => {
  it('are read with times and ratios as people write them', () => {
    const text = ['time,ratio', '2025-01-01,0.0001', '', '2025-01-01 08:00, 0.01%', `${EIGHT + 1};-1bps`, ''].join(
      '\r\n',
    );
    expect(readPayments(text)).toEqual({
      ok: true,
      value: [
        [Date.UTC(2025, 0, 1), 0.0001],
        [EIGHT, 0.0001],
        [EIGHT + 1, -0.0001],
      ],
    });
  });

  it('come back as they were written', () => {
    const payments: [number, number][] = [
      [EIGHT, 1e-7],
      [EIGHT + 28_800_000, -0.00375],
    ];
    expect(readPayments(writePayments(payments))).toEqual({ ok: true, value: payments });
  });

  it.each([
    ['', 'at least one line'],
    ['2025-01-01,0.0001\nsome day,0.0001', 'line 2 must be a time and a ratio'],
    ['2025-01-01', 'line 1 must be a time and a ratio'],
    ['2025-02-30T99:00,0.1', 'line 1 must be a time and a ratio'],
    ['2025-01-01,1', 'line 1 has a ratio outside of -1..1'],
    ['2025-01-02,0.1\n2025-01-01,0.1', 'line 2 is not later than the one before'],
  ])('say which line is wrong: %j', (text, error) => {
    expect(readPayments(text)).toEqual({ ok: false, error });
  });

  it('are as many as a request may carry', () => {
    const lines = Array.from({ length: 10_001 }, (_, index) => `${String(EIGHT + index)},0`).join('\n');
    expect(readPayments(lines)).toEqual({ ok: false, error: 'at most 10000 lines' });
  });
});
