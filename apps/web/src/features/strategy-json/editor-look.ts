import { EditorView } from '@codemirror/view';

/** How text editors look here. */
export const LOOK = EditorView.theme({
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
