import * as z from 'zod';

/** A document that is being edited: kept for this tab, so that leaving the page loses nothing. */
export const Draft = z.object({
  /** `new`, `stored:<id>` or `example:<id>`: what it began as. */
  key: z.string(),
  /** JSON text as it is edited. */
  text: z.string(),
  /** JSON text as it was when last saved or opened. */
  base: z.string(),
  /** Version that {@link base} is of; `null` when it is not stored. */
  version: z.number().nullable(),
  /** Counts what this tab has opened: what was begun for one document must not end in another. */
  opened: z.number().default(0),
});
export type Draft = z.infer<typeof Draft>;

const KEY = 'wickworks.strategy-draft';

/** The draft that this tab was left with. */
export function loadDraft(): Draft | null {
  try {
    const parsed = Draft.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps the draft for this tab; `null` forgets it. */
export function saveDraft(draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the page's own memory still has it.
  }
}
