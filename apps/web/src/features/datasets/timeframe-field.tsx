import { isTimeframe, TIMEFRAMES, type Timeframe } from '@wickworks/core';
import { Field } from '../../ui/field.js';
import { Select } from '../../ui/select.js';

/** The candle width of what is fetched or imported. */
export function TimeframeField({ value, onChange }: { value: Timeframe; onChange: (value: Timeframe) => void }) {
  return (
    <Field label="Timeframe">
      {(control) => (
        <Select
          {...control}
          label="Timeframe"
          value={value}
          onChange={(next) => {
            if (isTimeframe(next)) onChange(next);
          }}
          options={TIMEFRAMES.map((one) => ({ value: one, label: one }))}
        />
      )}
    </Field>
  );
}
