import { AnyStrategyDocument, isRules, issuesOf, type StrategyIssue } from '@wickworks/contracts';
import { checkStrategy } from '@wickworks/engine';
import type { Json } from './strategies-json.js';

/** A document read by the same schema and the same checks as on the server; code is looked at there alone. */
export type Validation =
  | { readonly document: AnyStrategyDocument; readonly issues: readonly StrategyIssue[] }
  | { readonly document: null; readonly issues: readonly StrategyIssue[] };

/** What is wrong with an edited document; `document` is set once its shape is right, even if issues remain. */
export function validateStrategy(json: Json): Validation {
  const parsed = AnyStrategyDocument.safeParse(json);
  if (parsed.success) {
    const document = parsed.data;
    return { document, issues: isRules(document) ? [...checkStrategy(document)] : [] };
  }
  return { document: null, issues: issuesOf(parsed.error) };
}
