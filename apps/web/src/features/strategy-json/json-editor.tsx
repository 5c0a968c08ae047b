import { autocompletion, completionKeymap, type CompletionContext } from '@codemirror/autocomplete';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { ensureSyntaxTree, foldGutter, HighlightStyle, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { StrategyIssue } from '@wickworks/engine';
import { useEffect, useRef } from 'react';
import { placeOf } from './place-of.js';
import { TextEditor } from './text-editor.js';

const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, color: 'var(--wick-ink)', fontWeight: '700' },
    { tag: tags.string, color: 'var(--wick-up)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--wick-warn)' },
  ]),
);

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
  const known = useRef(words);
  useEffect(() => {
    known.current = words;
  });
  const extensions = (): Extension[] => [
    foldGutter(),
    json(),
    COLOURS,
    // Descriptions are long lines.
    EditorView.lineWrapping,
    autocompletion({ override: [(context) => complete(context, known.current)] }),
    keymap.of(completionKeymap),
  ];
  return (
    <TextEditor
      label="Strategy as JSON"
      text={text}
      issues={issues}
      diagnose={(editor) => diagnose(editor, issues)}
      extensions={extensions}
      onChange={onChange}
    />
  );
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
