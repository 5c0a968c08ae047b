import { StrategyDocument } from '@wickworks/contracts';
import { checkStrategy, type StrategyIssue } from '@wickworks/engine';
import type { Json } from './strategies-json.js';

/** A document read by the same schema and the same checks as on the server. */
export type Validation =
  | { readonly document: StrategyDocument; readonly issues: readonly StrategyIssue[] }
  | { readonly document: null; readonly issues: readonly StrategyIssue[] };

/** What is wrong with an edited document; `document` is set once its shape is right, even if issues remain. */
export function validateStrategy(json: Json): Validation {
  const parsed = StrategyDocument.safeParse(json);
  if (parsed.success) return { document: parsed.data, issues: checkStrategy(parsed.data) };
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  return { document: null, issues };
}
