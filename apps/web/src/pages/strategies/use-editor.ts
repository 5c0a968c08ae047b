import type { StrategyIssue, StrategyView } from '@wickworks/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { loadDraft, saveDraft, type Draft } from '../../data/strategies-drafts.js';
import { jsonText, parseJson, type Json } from '../../data/strategies-json.js';
import { validateStrategy, type Validation } from '../../data/strategies-validate.js';

/** One document seen as JSON text and as a form. */
export interface Editor {
  readonly draft: Draft | null;
  /** The last readable JSON of the text. */
  readonly json: Json;
  /** Why the text is no JSON; the form waits until it is again. */
  readonly syntaxError: string | null;
  readonly validation: Validation;
  readonly isDirty: boolean;
  /** Begins with another document. */
  readonly open: (given: { key: string; document: unknown; version: number | null }) => void;
  readonly changeText: (text: string) => void;
  readonly changeJson: (change: (before: Json) => Json) => void;
  /** `text` of the document that was the `opened`th was stored: it is no longer dirty, unless it was changed meanwhile. */
  readonly saved: (view: StrategyView, text: string, opened: number) => void;
  /** What the `opened`th was stored as is gone: the text stays, as that of a new one. */
  readonly detach: (opened: number) => void;
}

const NOTHING: readonly StrategyIssue[] = [];

/** The document being edited; kept for this tab, so that neither a click elsewhere nor a reload loses it. */
export function useEditor(): Editor {
  const [draft, setDraft] = useState<Draft | null>(loadDraft);
  const [first] = useState(() => parseJson(draft?.text ?? '{}'));
  const [json, setJson] = useState<Json>(() => {
    const readable = first.ok ? first : parseJson(draft?.base ?? '{}');
    return readable.ok ? readable.value : {};
  });
  const [syntaxError, setSyntaxError] = useState<string | null>(first.ok ? null : first.error);
  useEffect(() => saveDraft(draft), [draft]);
  const isDirty = draft !== null && draft.text !== draft.base;
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);

  const open = useCallback(({ key, document, version }: { key: string; document: unknown; version: number | null }) => {
    const parsed = parseJson(JSON.stringify(document));
    if (!parsed.ok) return;
    const text = jsonText(parsed.value);
    setJson(parsed.value);
    setSyntaxError(null);
    setDraft((before) => ({ key, text, base: text, version, opened: (before?.opened ?? 0) + 1 }));
  }, []);
  const changeText = useCallback((text: string) => {
    setDraft((before) => before && { ...before, text });
    const parsed = parseJson(text);
    if (parsed.ok) setJson(parsed.value);
    setSyntaxError(parsed.ok ? null : parsed.error);
  }, []);
  const changeJson = useCallback((change: (before: Json) => Json) => {
    setJson((before) => {
      const next = change(before);
      setDraft((kept) => kept && { ...kept, text: jsonText(next) });
      return next;
    });
    setSyntaxError(null);
  }, []);
  const saved = useCallback((view: StrategyView, text: string, opened: number) => {
    const after = (before: Draft | null): Draft | null =>
      before?.opened === opened ? { ...before, key: `stored:${view.id}`, base: text, version: view.version } : before;
    setDraft(after);
    // Whoever has left the page meanwhile finds it saved on coming back.
    saveDraft(after(loadDraft()));
  }, []);
  const detach = useCallback((opened: number) => {
    setDraft((before) => (before?.opened === opened ? { ...before, key: 'new', version: null } : before));
  }, []);

  const isOpen = draft !== null;
  const validation = useMemo<Validation>(
    () => (isOpen ? validateStrategy(json) : { document: null, issues: NOTHING }),
    [isOpen, json],
  );
  return { draft, json, syntaxError, validation, isDirty, open, changeText, changeJson, saved, detach };
}
