import type { SettingField } from './fields.js';
import type { Draft } from './setting-control.js';

/** What a control shows for a value of the server. */
export const draftOf = (value: unknown): Draft =>
  typeof value === 'boolean' ? value : typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The value that was meant; text that is no number stays text, for the schema to refuse. */
export function meantBy({ kind }: SettingField, draft: Draft): unknown {
  if (typeof draft === 'boolean') return draft;
  const text = draft.trim();
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return kind === 'optional' && text === '' ? null : text;
}
