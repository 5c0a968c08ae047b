import { TIMEFRAMES, tiles, isTimeframe } from '@wickworks/core';
import { FIELDS, type IndicatorDefinition, type ParamSpec } from '@wickworks/engine';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { namesOf } from '../../data/indicator-names.js';
import { isObject, valueAt, withKeyMoved, type Path } from '../../data/strategies-json.js';
import { Combobox } from '../../ui/combobox.js';
import { Field } from '../../ui/field.js';
import { searchNames } from '../../ui/search-names.js';
import { Select } from '../../ui/select.js';
import { AmountField, ChoiceField, FlagField, TextField } from './fields.js';
import { useForm, usePlace } from './form-context.js';
import { ItemBox } from './item-box.js';
import { NameField } from './name-field.js';
import { freeName, Section } from './section.js';

const OWN = 'own';
const PATH = ['indicators'] as const;

/** Named indicators: from the registry, their parameters by form, on the strategy's timeframe or a longer one. */
export function IndicatorsSection() {
  const { root, indicators, rename } = useForm();
  const { value, set } = usePlace(PATH);
  const uses = isObject(value) ? value : {};
  const names = Object.keys(uses);
  const options = useMemo(
    () =>
      [...indicators.values()].map((definition) => ({
        value: definition.id,
        label: definition.title,
        hint: definition.group,
        keywords: namesOf(definition),
      })),
    [indicators],
  );
  const add = (id: string): void => {
    set({ ...uses, [freeName(names, id.replaceAll(/[^a-zA-Z0-9_]/g, '_'))]: { id } });
  };
  const timeframe = valueAt(root, ['timeframe']);
  const longer = TIMEFRAMES.filter(
    (candidate) =>
      typeof timeframe === 'string' && isTimeframe(timeframe) && candidate !== timeframe && tiles(timeframe, candidate),
  );
  return (
    <Section title="Indicators" under="indicators" text="Named values that conditions, stops and orders can use.">
      {names.map((name, index) => {
        const use = uses[name];
        const definition = isObject(use) && typeof use['id'] === 'string' ? indicators.get(use['id']) : undefined;
        return (
          <ItemBox
            key={index}
            title={`${name} · ${definition?.title ?? 'unknown indicator'}`}
            what={`indicator ${name}`}
            index={index}
            count={names.length}
            onMove={(by) => set(withKeyMoved(uses, index, by))}
            onRemove={() => {
              const { [name]: _gone, ...rest } = uses;
              set(rest);
            }}
          >
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(128px,1fr))]">
              <NameField
                label="Name"
                name={name}
                taken={[...names, ...FIELDS]}
                onRename={(to) => rename('indicators', { from: name, to })}
              />
              {definition === undefined ? null : (
                <IndicatorParams definition={definition} path={[...PATH, name, 'params']} />
              )}
              <TimeframeField path={[...PATH, name, 'timeframe']} longer={longer} />
              <TextField label="Market" path={[...PATH, name, 'symbol']} hint="Default: the traded one" optional />
            </div>
            {definition !== undefined && Object.keys(definition.outputs).length > 1 ? (
              <p className="mt-2 text-2xs text-muted">
                Outputs:{' '}
                {Object.keys(definition.outputs)
                  .map((output) => `${name}.${output}`)
                  .join(', ')}
              </p>
            ) : null}
          </ItemBox>
        );
      })}
      <div data-add className="flex items-center gap-2">
        <Plus className="size-4 text-muted" aria-hidden />
        <Combobox
          label="Add an indicator"
          placeholder="Add an indicator"
          options={options}
          value={null}
          search={searchNames}
          onChange={add}
        />
      </div>
    </Section>
  );
}

/** The strategy's own timeframe, or a longer one of which only closed candles are seen. */
function TimeframeField({ path, longer }: { path: Path; longer: readonly string[] }) {
  const { value, error, set } = usePlace(path);
  return (
    <Field label="Timeframe" {...(error === undefined ? {} : { error })}>
      {(control) => (
        <Select
          {...control}
          label="Timeframe"
          options={[{ value: OWN, label: 'own' }, ...longer.map((item) => ({ value: item, label: item }))]}
          value={typeof value === 'string' ? value : OWN}
          onChange={(next) => set(next === OWN ? undefined : next)}
        />
      )}
    </Field>
  );
}

function IndicatorParams({ definition, path }: { definition: IndicatorDefinition; path: Path }) {
  return Object.entries(definition.params).map(([name, spec]) => (
    <IndicatorParam key={name} spec={spec} path={[...path, name]} />
  ));
}

function IndicatorParam({ spec, path }: { spec: ParamSpec; path: Path }) {
  const { choiceParams, flagParams } = useForm();
  const { value, set } = usePlace(path);
  if (spec.kind === 'number')
    return <AmountField label={spec.title} path={path} hint={`default ${String(spec.default)}`} optional />;
  if (spec.kind === 'flag') {
    const own = [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ];
    // A switch of the strategy may stand for it; without any it is a plain tick.
    if (flagParams.length === 0) return <FlagField label={spec.title} path={path} fallback={spec.default} />;
    return (
      <Field label={spec.title}>
        {(control) => (
          <Select
            {...control}
            label={spec.title}
            options={[...own, ...flagParams.map(named)]}
            value={typeof value === 'string' ? value : String(value === undefined ? spec.default : value === true)}
            onChange={(next) => set(next.startsWith('$') ? next : next === 'true')}
          />
        )}
      </Field>
    );
  }
  const options: readonly string[] = spec.options;
  return (
    <ChoiceField
      label={spec.title}
      path={path}
      options={[...options.map((option) => ({ value: option, label: option })), ...choiceParams.map(named)]}
      fallback={spec.default}
    />
  );
}

const named = (param: string): { value: string; label: string } => ({ value: `$${param}`, label: `$${param}` });
