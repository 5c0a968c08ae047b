import { MS_PER_DAY } from '@wickworks/core';
import { useState } from 'react';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { ToggleGroup } from '../../ui/toggle-group.js';

const PRESETS = [
  ['7', '1W'],
  ['30', '1M'],
  ['90', '3M'],
  ['182', '6M'],
  ['365', '1Y'],
  ['own', 'Dates'],
] as const;

export interface TestRange {
  /** Days back from now; `null`: the two times. */
  days: number | null;
  fromMs: number;
  toMs: number;
}

const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Which stretch of the past is tested, UTC. */
export function RangeFields({ range, onChange }: { range: TestRange; onChange: (range: TestRange) => void }) {
  const [from, setFrom] = useState(() => dateOf(range.fromMs));
  const [to, setTo] = useState(() => dateOf(range.toMs));
  const value = range.days === null ? 'own' : (PRESETS.find(([days]) => Number(days) === range.days)?.[0] ?? 'own');
  const setDates = (nextFrom: string, nextTo: string): void => {
    setFrom(nextFrom);
    setTo(nextTo);
    const [fromMs, toMs] = [timeOf(nextFrom), timeOf(nextTo)];
    if (fromMs < toMs) onChange({ days: null, fromMs, toMs });
  };
  const isEmpty = !(timeOf(from) < timeOf(to));
  return (
    <div className="flex flex-col gap-2">
      <ToggleGroup
        label="Range"
        className="w-full"
        options={PRESETS.map(([days, label]) => ({ value: days, label }))}
        value={value}
        onChange={(next) => {
          if (next === 'own') {
            setFrom(dateOf(range.fromMs));
            setTo(dateOf(range.toMs));
            onChange({ ...range, days: null });
            return;
          }
          const days = Number(next);
          const toMs = Date.now();
          onChange({ days, fromMs: toMs - days * MS_PER_DAY, toMs });
        }}
      />
      {value === 'own' ? (
        <div className="grid grid-cols-2 gap-3">
          <Field label="From (UTC)">
            {(control) => (
              <Input {...control} type="date" value={from} onChange={({ target }) => setDates(target.value, to)} />
            )}
          </Field>
          <Field label="To (UTC)" {...(isEmpty ? { error: 'After “From”.' } : {})}>
            {(control) => (
              <Input {...control} type="date" value={to} onChange={({ target }) => setDates(from, target.value)} />
            )}
          </Field>
        </div>
      ) : null}
    </div>
  );
}
