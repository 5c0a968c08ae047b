import { FUNDING_MAX, type BacktestMarketRef } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';

export type Funding = NonNullable<BacktestMarketRef['funding']>;
export type Payments = Exclude<Funding, number>;

const LINE = /^\s*([^,;\s][^,;]*?)\s*[,;]\s*(-?\d*\.?\d+(?:[eE][-+]?\d+)?)(%|bps)?\s*$/;
const HEADER = /^\s*time\s*,\s*ratio\s*$/i;
const SCALE = { '%': 100, bps: 10_000 } as const;

/** ms UTC as digits, or an ISO date; without a zone it is UTC. */
function timeOf(text: string): number {
  if (/^\d{11,15}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return NaN;
  const isDay = text.length === 10;
  const hasZone = /(?:z|[-+]\d{2}:?\d{2})$/i.test(text.slice(10));
  return Date.parse(isDay || hasZone ? text : `${text.replace(' ', 'T')}Z`);
}

/**
 * Payments of funding as `time,ratio`, a line each: time as ms UTC or an ISO date, ratio of the position's value (`0.0001`,
 * `0.01%`, `1bps`). The header `time,ratio` and empty lines are passed over; an error names its line.
 */
export function readPayments(text: string): Result<Payments, string> {
  const payments: Payments = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || (index === 0 && HEADER.test(line))) continue;
    const at = `line ${String(index + 1)}`;
    const [, time = '', digits, unit] = LINE.exec(line) ?? [];
    const timeMs = timeOf(time);
    if (digits === undefined || !Number.isFinite(timeMs)) return err(`${at} must be a time and a ratio`);
    const ratio = Number(digits) / (unit === '%' || unit === 'bps' ? SCALE[unit] : 1);
    if (!(Math.abs(ratio) < 1)) return err(`${at} has a ratio outside of -1..1`);
    if (timeMs <= (payments.at(-1)?.[0] ?? -Infinity)) return err(`${at} is not later than the one before`);
    payments.push([timeMs, ratio]);
  }
  if (payments.length === 0) return err('at least one line');
  if (payments.length > FUNDING_MAX) return err(`at most ${String(FUNDING_MAX)} lines`);
  return ok(payments);
}

/** The lines {@link readPayments} reads. */
export const writePayments = (payments: Payments): string =>
  payments.map(([timeMs, ratio]) => `${new Date(timeMs).toISOString()},${String(ratio)}`).join('\n');
