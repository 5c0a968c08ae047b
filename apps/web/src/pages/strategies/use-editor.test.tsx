import { StrategyView } from '@wickworks/contracts';
import { listExamples } from '@wickworks/engine';
import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { loadDraft } from '../../data/strategies-drafts.js';
import { storedText } from '../../data/strategies-json.js';
import { useEditor } from './use-editor.js';

afterEach(() => sessionStorage.clear());

const [document, other] = listExamples().map((example) => example.document);
const stored = StrategyView.parse({
  id: 's1',
  name: 'Mine',
  version: 3,
  document,
  createdMs: 0,
  updatedMs: 0,
  running: [],
  fault: null,
});

it('a save that ends after another document was opened leaves that one alone', () => {
  const { result } = renderHook(useEditor);
  act(() => result.current.open({ key: 'new', document, version: null }));
  const saved = result.current.draft;
  act(() => result.current.open({ key: 'new', document: other, version: null }));
  act(() => result.current.saved(stored, saved?.text ?? '', saved?.opened ?? 0));
  expect(result.current.draft).toMatchObject({ key: 'new', text: storedText(other), version: null });
  expect(result.current.isDirty).toBe(false);
});

it('what was typed while it was saved is not saved yet', () => {
  const { result } = renderHook(useEditor);
  act(() => result.current.open({ key: 'new', document, version: null }));
  const saved = result.current.draft;
  act(() => result.current.changeText(`${saved?.text ?? ''} `));
  act(() => result.current.saved(stored, saved?.text ?? '', saved?.opened ?? 0));
  expect(result.current.draft).toMatchObject({ key: 'stored:s1', version: 3 });
  expect(result.current.isDirty).toBe(true);
});

it('a save that ends after the page was left is known on coming back', () => {
  const { result, unmount } = renderHook(useEditor);
  act(() => result.current.open({ key: 'new', document, version: null }));
  const { draft, saved } = result.current;
  unmount();
  saved(stored, draft?.text ?? '', draft?.opened ?? 0);
  expect(loadDraft()).toMatchObject({ key: 'stored:s1', version: 3 });
});

it('text that is no JSON comes back as it was, with what was readable last beside it', () => {
  const first = renderHook(useEditor);
  act(() => first.result.current.open({ key: 'new', document, version: null }));
  act(() => first.result.current.changeText('{ "name": '));
  first.unmount();
  const { result } = renderHook(useEditor);
  expect(result.current.draft?.text).toBe('{ "name": ');
  expect(result.current.syntaxError).not.toBeNull();
  expect(result.current.json).toMatchObject({ name: document?.name });
});
