import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter, lintKeymap, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, StateEffect } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { StrategyIssue } from '@wickworks/contracts';
import { isTimeframe, TIMEFRAMES } from '@wickworks/core';
import { useEffect, useRef } from 'react';
import { isObject, valueAt, type Json } from '../../data/strategies-json.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { LOOK } from './editor-look.js';

const fromOutside = Annotation.define<boolean>();
const issuesChanged = StateEffect.define();

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
        <SourceEditor source={textAt(value, 'source')} issues={issues} onChange={(source) => set('source', source)} />
      </div>
      <p className="border-t-2 border-line p-3 text-xs text-muted">
        It runs on the server in a cell with the language and nothing else: no clock, no files, no network. Types are
        stripped, not checked.
      </p>
    </div>
  );
}

/** What is wrong with the source, each at its line; what has no place stands at the first. */
function diagnose({ doc }: EditorState, issues: readonly StrategyIssue[]): Diagnostic[] {
  return issues.map(({ path, message, line = 1, column }) => {
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.min(found.from + (column ?? 1) - 1, found.to);
    return { from, to: found.to, severity: 'error', source: path, message };
  });
}

interface SourceEditorProps {
  source: string;
  issues: readonly StrategyIssue[];
  onChange: (source: string) => void;
}

function SourceEditor({ source, issues, onChange }: SourceEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ issues, onChange });
  useEffect(() => {
    latest.current = { issues, onChange };
  });
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: source,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          linter(({ state }) => diagnose(state, latest.current.issues), {
            delay: 150,
            needsRefresh: ({ transactions }) =>
              transactions.some(({ effects }) => effects.some((one) => one.is(issuesChanged))),
          }),
          // Tab leaves the editor, as everywhere else on the page.
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          LOOK,
          EditorView.contentAttributes.of({ 'aria-label': 'Strategy as TypeScript' }),
          EditorView.updateListener.of(({ docChanged, transactions, state }) => {
            if (docChanged && !transactions.some((one) => one.annotation(fromOutside) === true))
              latest.current.onChange(state.doc.toString());
          }),
        ],
      }),
    });
    made.scrollDOM.tabIndex = 0; // what scrolls can be reached by keyboard
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the source is only where it begins; changes follow below
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === source) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: source },
      annotations: fromOutside.of(true),
    });
  }, [source]);
  useEffect(() => view.current?.dispatch({ effects: issuesChanged.of(null) }), [issues]);
  return <div ref={host} className="h-full min-h-64 overflow-hidden" />;
}
