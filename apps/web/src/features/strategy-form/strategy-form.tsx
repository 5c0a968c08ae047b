import { TIMEFRAMES } from '@wickworks/core';
import { FACTS, FIELDS, indicators, type StrategyIssue } from '@wickworks/engine';
import { useMemo } from 'react';
import { isObject, valueAt, withValue, type Json } from '../../data/strategies-json.js';
import { withRenamed } from '../../data/strategies-rename.js';
import { ConditionEditor } from './condition-editor.js';
import { ChoiceField, ProseField, TextField, WordsField } from './fields.js';
import { StrategyFormContext, type FormContext } from './form-context.js';
import { IndicatorsSection } from './indicators-section.js';
import { LevelsSection, ManagementSection, SizeSection } from './money-sections.js';
import { ParamsSection } from './params-section.js';
import { ConditionsSection, RulesSection } from './rules-section.js';
import { Section } from './section.js';

const FRAMES = TIMEFRAMES.map((value) => ({ value, label: value }));

const keysAt = (root: Json, name: string): readonly string[] => {
  const value = valueAt(root, [name]);
  return isObject(value) ? Object.keys(value) : [];
};

/** Names of the parameters of a kind. */
const paramsOf = (root: Json, kind: 'number' | 'choice' | 'flag'): readonly string[] =>
  keysAt(root, 'params').filter((name) => valueAt(root, ['params', name, 'kind']) === kind);

/** Everything that may stand for a number in a rule of this document. */
function operandsOf(root: Json): readonly string[] {
  const outputs = keysAt(root, 'indicators').flatMap((name) => {
    const id = valueAt(root, ['indicators', name, 'id']);
    const definition = typeof id === 'string' ? indicators.get(id) : undefined;
    const names = Object.keys(definition?.outputs ?? {});
    return names.length > 1 ? names.map((output) => `${name}.${output}`) : [name];
  });
  return [
    ...outputs,
    ...keysAt(root, 'params').map((name) => `$${name}`),
    ...FIELDS,
    ...FACTS.map((name) => `@${name}`),
  ];
}

export interface StrategyFormProps {
  value: Json;
  issues: readonly StrategyIssue[];
  onChange: (change: (before: Json) => Json) => void;
}

/** A strategy as a form: every field of the document, with what is wrong beside it. */
export function StrategyForm({ value, issues, onChange }: StrategyFormProps) {
  const context = useMemo<FormContext>(
    () => ({
      root: value,
      issues,
      indicators,
      operands: operandsOf(value),
      numericParams: paramsOf(value, 'number'),
      choiceParams: paramsOf(value, 'choice'),
      flagParams: paramsOf(value, 'flag'),
      conditions: keysAt(value, 'conditions'),
      set: (path, next) => onChange((before) => withValue(before, path, next)),
      ConditionEditor,
      rename: (part, names) => onChange((before) => withRenamed(before, part, names)),
    }),
    [value, issues, onChange],
  );
  return (
    <StrategyFormContext value={context}>
      <form aria-label="Strategy" onSubmit={(event) => event.preventDefault()}>
        <Section title="Strategy" under="name">
          <div className="grid grid-cols-[minmax(0,1fr)_112px] gap-3">
            <TextField label="Name" path={['name']} />
            <ChoiceField label="Timeframe" path={['timeframe']} options={FRAMES} fallback="1h" />
          </div>
          <ProseField label="Description" path={['description']} optional />
          <WordsField
            label="Markets traded, comma between"
            path={['trade']}
            hint="Default: all of the run. The others only lend their indicators."
            optional
          />
        </Section>
        <ParamsSection />
        <IndicatorsSection />
        <ConditionsSection />
        <RulesSection side="entry" />
        <RulesSection side="exit" />
        <SizeSection />
        <LevelsSection />
        <ManagementSection />
      </form>
    </StrategyFormContext>
  );
}
