import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter, lintKeymap, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, StateEffect, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--wick-surface)', color: 'var(--wick-ink)' },
  '.cm-content': { fontFamily: 'inherit', caretColor: 'var(--wick-ink)' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '18px' },
  '&.cm-focused': { outline: '2px solid var(--wick-focus)', outlineOffset: '-2px' },
  '.cm-cursor': { borderLeft: '2px solid var(--wick-ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--wick-focus) 30%, transparent)',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--wick-bg)',
    color: 'var(--wick-faint)',
    borderRight: '2px solid var(--wick-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--wick-raised) 60%, transparent)',
  },
  '.cm-tooltip': { backgroundColor: 'var(--wick-bg)', color: 'var(--wick-ink)', border: '2px solid var(--wick-ink)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--wick-accent)',
    color: 'var(--wick-accent-ink)',
  },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--wick-down)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--wick-down)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--wick-raised)', outline: '1px solid var(--wick-edge)' },
});

/** Marks text that was written elsewhere: it is no news to the owner. */
const fromOutside = Annotation.define<boolean>();
const issuesChanged = StateEffect.define();

export interface TextEditorProps {
  /** What the text is, for those who do not see it. */
  label: string;
  text: string;
  /** What is wrong; looked at anew whenever it changes. */
  issues: readonly unknown[];
  /** Where in the text it is wrong. */
  diagnose: (editor: EditorView) => Diagnostic[];
  /** What the language of the text adds; taken once. */
  extensions?: () => readonly Extension[];
  onChange: (text: string) => void;
}

/** Text with line numbers, each fault at its place. */
export function TextEditor({ label, text, issues, diagnose, extensions, onChange }: TextEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ diagnose, onChange });
  useEffect(() => {
    latest.current = { diagnose, onChange };
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
          extensions?.() ?? [],
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          linter((editor) => latest.current.diagnose(editor), {
            delay: 150,
            needsRefresh: ({ transactions }) =>
              transactions.some(({ effects }) => effects.some((one) => one.is(issuesChanged))),
          }),
          // Tab leaves the editor, as everywhere else on the page.
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          LOOK,
          EditorView.contentAttributes.of({ 'aria-label': label }),
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
