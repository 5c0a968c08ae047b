import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
  bracketMatching,
  ensureSyntaxTree,
  foldGutter,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from '@codemirror/language';
import { linter, lintGutter, lintKeymap, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, StateEffect } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { StrategyIssue } from '@wickworks/engine';
import { useEffect, useRef } from 'react';
import { LOOK } from './editor-look.js';
import { placeOf } from './place-of.js';

const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, color: 'var(--wick-ink)', fontWeight: '700' },
    { tag: tags.string, color: 'var(--wick-up)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--wick-warn)' },
  ]),
);

/** Marks text that the form wrote: it is no news to the owner. */
const fromOutside = Annotation.define<boolean>();
const issuesChanged = StateEffect.define();
const findSyntaxErrors = jsonParseLinter();

/** Broken JSON first; once it can be read, what is wrong with the document, each at its place. */
function diagnose(editor: EditorView, issues: readonly StrategyIssue[]): Diagnostic[] {
  const broken = findSyntaxErrors(editor);
  if (broken.length > 0) return broken;
  const { state } = editor;
  const tree = ensureSyntaxTree(state, state.doc.length) ?? syntaxTree(state);
  return issues.map(({ path, message }) => ({
    ...placeOf(tree, state.doc.toString(), path.split('.')),
    severity: 'error',
    source: path,
    message,
  }));
}

export interface JsonEditorProps {
  text: string;
  issues: readonly StrategyIssue[];
  /** Words that may stand in a rule; offered inside quotes. */
  words: readonly string[];
  onChange: (text: string) => void;
}

/** The document as JSON text: checked while one types, with each issue at its place. */
export function JsonEditor({ text, issues, words, onChange }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ words, issues, onChange });
  useEffect(() => {
    latest.current = { words, issues, onChange };
  });

  useEffect(() => {
    if (!host.current) return undefined;
    // Behind a shadow root the editor's styles are objects; in the page they would be markup, which our policy forbids.
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const made = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          json(),
          linter((editor) => diagnose(editor, latest.current.issues), {
            delay: 150,
            needsRefresh: ({ transactions }) =>
              transactions.some(({ effects }) => effects.some((one) => one.is(issuesChanged))),
          }),
          autocompletion({ override: [(context) => complete(context, latest.current.words)] }),
          // Tab leaves the editor, as everywhere else on the page.
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
          LOOK,
          COLOURS,
          EditorView.contentAttributes.of({ 'aria-label': 'Strategy as JSON' }),
          EditorView.updateListener.of(({ docChanged, transactions, state }) => {
            if (docChanged && !transactions.some((one) => one.annotation(fromOutside) === true))
              latest.current.onChange(state.doc.toString());
          }),
        ],
      }),
    });
    host.current.onkeydown = keepToItself;
    made.scrollDOM.tabIndex = 0; // what scrolls can be reached by keyboard
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the text is only where it begins; changes follow below
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: text },
      annotations: fromOutside.of(true),
    });
  }, [text]);
  useEffect(() => view.current?.dispatch({ effects: issuesChanged.of(null) }), [issues]);

  return <div ref={host} className="h-full min-h-64 overflow-hidden" />;
}

/** From outside, a key pressed behind the shadow root looks like one pressed nowhere: the page's shortcuts must not hear it. */
function keepToItself(event: KeyboardEvent): void {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
}

function complete(context: CompletionContext, words: readonly string[]) {
  const word = context.matchBefore(/[$@\w.]*/);
  if (word === null || (word.from === word.to && !context.explicit)) return null;
  const inString = context.state.sliceDoc(word.from - 1, word.from) === '"';
  return {
    from: word.from,
    options: words.map((label) => ({ label, apply: inString ? label : JSON.stringify(label) })),
  };
}
