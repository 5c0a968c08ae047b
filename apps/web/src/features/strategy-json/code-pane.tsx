import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { StrategyIssue } from '@wickworks/contracts';
import { isTimeframe, TIMEFRAMES } from '@wickworks/core';
import { isObject, valueAt, type Json } from '../../data/strategies-json.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { TextEditor } from './text-editor.js';

const textAt = (value: Json, name: string): string => {
  const found = valueAt(value, [name]);
  return typeof found === 'string' ? found : '';
};

export interface CodePaneProps {
  /** The whole document. */
  value: Json;
  issues: readonly StrategyIssue[];
  onChange: (change: (before: Json) => Json) => void;
}

/** A strategy in code: its name, its candles and its source, with what the server finds wrong at its place. */
export function CodePane({ value, issues, onChange }: CodePaneProps) {
  const set = (name: string, to: string): void =>
    onChange((before) => (isObject(before) ? { ...before, [name]: to } : before));
  const timeframe = textAt(value, 'timeframe');
  return (
    <div className="flex min-h-0 flex-col">
      <div className="grid gap-3 p-3 sm:grid-cols-2">
        <Field label="Name">
          {(control) => (
            <Input {...control} value={textAt(value, 'name')} onChange={({ target }) => set('name', target.value)} />
          )}
        </Field>
        <Field label="Candles">
          {(control) => (
            <Select
              {...control}
              label="Candles"
              options={TIMEFRAMES.map((one) => ({ value: one, label: one }))}
              value={isTimeframe(timeframe) ? timeframe : '1h'}
              onChange={(to) => set('timeframe', to)}
            />
          )}
        </Field>
      </div>
      <div className="h-[60dvh] border-t-2 border-line">
        <TextEditor
          label="Strategy as TypeScript"
          text={textAt(value, 'source')}
          issues={issues}
          diagnose={({ state }) => diagnose(state.doc, issues)}
          onChange={(source) => set('source', source)}
        />
      </div>
      <p className="border-t-2 border-line p-3 text-xs text-muted">
        It runs in a cell with the language and nothing else: no clock, no files, no network. Types are stripped, not
        checked.
      </p>
    </div>
  );
}

/** What is wrong with the source, each at its line; what has no place stands at the first. */
function diagnose(doc: Text, issues: readonly StrategyIssue[]): Diagnostic[] {
  return issues.map(({ path, message, line = 1, column }) => {
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.min(found.from + (column ?? 1) - 1, found.to);
    return { from, to: found.to, severity: 'error', source: path, message };
  });
}
