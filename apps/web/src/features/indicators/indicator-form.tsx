import type { ParamSpec } from '@wickworks/engine';
import { useState } from 'react';
import { findOverlay, isTimeParam, parseOverlayParams } from '../../chart/api/overlay-definitions.js';
import type { IndicatorChoice } from '../../data/workspace-schema.js';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field } from '../../ui/field.js';
import { OutputStyles } from './output-styles.js';
import { ParamControl } from './param-control.js';
import { useIndicatorActions } from './use-indicators.js';

type Draft = Readonly<Record<string, string | boolean>>;

/** A form made from the indicator's declaration. Sound values go to the chart at once; Cancel takes them all back. */
export function IndicatorForm({ choice, onDone }: { choice: IndicatorChoice; onDone: () => void }) {
  const { replace } = useIndicatorActions();
  const [original] = useState(choice);
  const definition = findOverlay(choice.indicator);
  const [draft, setDraft] = useState<Draft>(() => draftOf(definition?.params ?? {}, choice.params));
  const [style, setStyle] = useState({ colors: choice.colors, widthPx: choice.widthPx });
  if (!definition) {
    return (
      <ErrorState
        className="m-4"
        title="No such indicator"
        text={`“${choice.indicator}” is not part of this version. Remove it, or install a version that has it.`}
      />
    );
  }
  const parsed = parseOverlayParams(definition, draft);
  const problems = new Map(parsed.ok ? [] : parsed.error.map(({ field, message }) => [field, message]));

  const change = (nextDraft: Draft, nextStyle: typeof style): void => {
    setDraft(nextDraft);
    setStyle(nextStyle);
    const next = parseOverlayParams(definition, nextDraft);
    if (next.ok) replace({ ...choice, params: { ...next.value }, ...nextStyle });
  };
  const reset = (): void => change(draftOf(definition.params, {}), { colors: {}, widthPx: 1.5 });
  const cancel = (): void => {
    replace(original);
    onDone();
  };
  const fields = Object.entries(definition.params);
  return (
    <form
      className="flex min-h-full flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.ok) onDone();
      }}
    >
      <div className="flex flex-1 flex-col gap-3 p-4">
        <p className="text-sm font-extrabold">{definition.title}</p>
        <p className="text-xs text-muted">{definition.formula}</p>
        {fields.length === 0 ? <p className="text-sm">This indicator has no parameters.</p> : null}
        {fields.map(([name, spec], index) => {
          const error = problems.get(name);
          const isTime = isTimeParam(definition, name);
          return (
            <Field
              key={name}
              label={spec.title}
              {...(error === undefined ? { hint: isTime ? 'Empty: no limit' : hintOf(spec) } : { error })}
            >
              {(control) => (
                <ParamControl
                  {...control}
                  autoFocus={index === 0}
                  spec={spec}
                  isTime={isTime}
                  value={draft[name] ?? ''}
                  onChange={(value) => change({ ...draft, [name]: value }, style)}
                />
              )}
            </Field>
          );
        })}
        <OutputStyles
          definition={definition}
          turn={choice.turn}
          style={style}
          onChange={(next) => change(draft, next)}
        />
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t-2 border-line p-3">
        <Button tone="ghost" onClick={reset} className="mr-auto">
          Defaults
        </Button>
        <Button onClick={cancel}>Cancel</Button>
        <Button tone="primary" type="submit" aria-disabled={parsed.ok ? undefined : true}>
          Done
        </Button>
      </footer>
    </form>
  );
}

const draftOf = (
  specs: Readonly<Record<string, ParamSpec>>,
  values: Readonly<Record<string, number | string | boolean>>,
): Draft =>
  Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = values[name] ?? spec.default;
      return [name, typeof value === 'boolean' ? value : String(value)];
    }),
  );

function hintOf(spec: ParamSpec): string {
  if (spec.kind !== 'number') return `Default ${spec.kind === 'flag' ? (spec.default ? 'on' : 'off') : spec.default}`;
  const figure = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return `${figure(spec.min)} to ${figure(spec.max)}, default ${figure(spec.default)}`;
}
