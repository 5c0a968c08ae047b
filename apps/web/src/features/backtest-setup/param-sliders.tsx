import type { ParamSpecs } from '@wickworks/engine';
import { Checkbox } from '../../ui/checkbox.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { Slider } from '../../ui/slider.js';
import { SlidersHorizontal } from 'lucide-react';

type Value = number | string | boolean;

export interface ParamSlidersProps {
  specs: ParamSpecs;
  values: Readonly<Record<string, Value>>;
  /** `isMoving`: the hand has not let go yet. */
  onChange: (name: string, value: Value, isMoving: boolean) => void;
}

/** A control for each declared parameter; moving a slider tests again at once. */
export function ParamSliders({ specs, values, onChange }: ParamSlidersProps) {
  const entries = Object.entries(specs);
  if (entries.length === 0)
    return (
      <EmptyState
        icon={SlidersHorizontal}
        title="No parameters"
        text="A strategy that declares parameters gets a slider for each of them here."
        className="p-3"
      />
    );
  return (
    <div className="flex flex-col gap-3">
      {entries.map(([name, spec]) => {
        const value = values[name] ?? spec.default;
        switch (spec.kind) {
          case 'number': {
            const number = typeof value === 'number' ? value : spec.default;
            return (
              <Field key={name} label={spec.title}>
                {(control) => (
                  <div className="grid grid-cols-[minmax(0,1fr)_88px] items-center gap-3">
                    <Slider
                      label={`${spec.title} slider`}
                      min={spec.min}
                      max={spec.max}
                      step={spec.step}
                      value={[number]}
                      onValueChange={([next]) => onChange(name, next ?? number, true)}
                      onValueCommit={([next]) => onChange(name, next ?? number, false)}
                    />
                    <Input
                      {...control}
                      inputMode="decimal"
                      type="number"
                      min={spec.min}
                      max={spec.max}
                      step={spec.step}
                      value={number}
                      className="text-right font-bold"
                      onChange={({ target }) => {
                        if (Number.isFinite(target.valueAsNumber)) onChange(name, target.valueAsNumber, false);
                      }}
                    />
                  </div>
                )}
              </Field>
            );
          }
          case 'choice':
            return (
              <Field key={name} label={spec.title}>
                {(control) => (
                  <Select
                    {...control}
                    label={spec.title}
                    options={spec.options.map((option) => ({ value: option, label: option }))}
                    value={typeof value === 'string' ? value : spec.default}
                    onChange={(next) => onChange(name, next, false)}
                  />
                )}
              </Field>
            );
          case 'source':
            return null; // of indicators only
          case 'flag':
            return (
              <Checkbox
                key={name}
                checked={value === true}
                onCheckedChange={(next) => onChange(name, next === true, false)}
              >
                {spec.title}
              </Checkbox>
            );
        }
      })}
    </div>
  );
}
