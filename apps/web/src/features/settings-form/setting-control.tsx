import type { SettingSource } from '@wickworks/contracts';
import { useMemo } from 'react';
import { useExchanges } from '../../data/hooks.js';
import { zoneName } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Combobox } from '../../ui/combobox.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { Switch } from '../../ui/switch.js';
import type { SettingField } from './fields.js';

/** What is typed or chosen: text of inputs, true or false of switches. */
export type Draft = string | boolean;

export interface SettingControlProps {
  field: SettingField;
  value: Draft;
  source: SettingSource;
  /** Differs from what is stored. */
  isChanged: boolean;
  error: string | undefined;
  onChange: (value: Draft) => void;
  /** Goes back to the default; only of what was stored. */
  onReset: () => void;
}

const SOURCES: Readonly<Record<SettingSource, string>> = {
  default: 'built in',
  system: 'of the installation',
  stored: 'chosen',
  environment: 'set by the environment',
};

/** One setting: its control, where its value comes from, and the way back to the default. */
export function SettingControl(props: SettingControlProps) {
  const { field, source, isChanged, error, onReset } = props;
  const isFixed = source === 'environment';
  const note = isFixed ? 'Set by the environment of the server: change it there.' : field.hint;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1">
      {field.kind === 'switch' ? (
        <SwitchOf {...props} isFixed={isFixed} />
      ) : (
        <Field label={field.label} {...(note !== undefined && { hint: note })} {...(error !== undefined && { error })}>
          {(control) => <ControlOf {...props} isFixed={isFixed} control={control} />}
        </Field>
      )}
      <div className="flex flex-col items-end gap-1 pt-0.5">
        <Badge tone={isChanged ? 'accent' : source === 'stored' ? 'plain' : 'muted'}>
          {isChanged ? 'not saved' : SOURCES[source]}
        </Badge>
        {source === 'stored' && !isChanged ? (
          <Button size="sm" tone="ghost" onClick={onReset}>
            Default <span className="sr-only">for {field.label}</span>
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function SwitchOf({ field, value, error, onChange, isFixed }: SettingControlProps & { isFixed: boolean }) {
  return (
    <div>
      <Switch checked={value === true} disabled={isFixed} onCheckedChange={onChange}>
        {field.label}
      </Switch>
      {error === undefined ? null : (
        <p role="alert" className="text-xs font-bold text-down">
          × {error}
        </p>
      )}
    </div>
  );
}

function ControlOf({
  field,
  value,
  onChange,
  isFixed,
  control,
}: SettingControlProps & {
  isFixed: boolean;
  control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };
}) {
  const exchanges = useExchanges().data ?? [];
  const text = String(value);
  const zones = useZones(field.kind === 'zone');
  if (field.kind === 'zone')
    return (
      <Combobox {...control} label="Time zones" options={zones} value={text} onChange={onChange} disabled={isFixed} />
    );
  if (field.kind === 'choice' || field.kind === 'exchange') {
    const known = field.choices ?? exchanges.map(({ id, title }) => ({ value: id, label: title }));
    const options = known.some((choice) => choice.value === text) ? known : [...known, { value: text, label: text }];
    return (
      <Select {...control} label={field.label} options={options} value={text} onChange={onChange} disabled={isFixed} />
    );
  }
  return (
    <Input
      {...control}
      value={text}
      disabled={isFixed}
      inputMode={field.kind === 'number' ? 'numeric' : undefined}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const useZones = (isWanted: boolean) =>
  useMemo(
    () =>
      isWanted
        ? [
            { value: 'local', label: 'Local', hint: zoneName('local') },
            { value: 'utc', label: 'UTC' },
            { value: 'exchange', label: 'Exchange', hint: 'UTC' },
            ...Intl.supportedValuesOf('timeZone').map((zone) => ({
              value: zone,
              label: zone.replaceAll('_', ' '),
              keywords: zone,
            })),
          ]
        : [],
    [isWanted],
  );
