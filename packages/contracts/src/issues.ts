import type * as z from 'zod';
import type { ProblemIssue } from './problem.js';

type Issue = z.core.$ZodIssue;

/** Messages of alternatives that are still told one by one. */
const ALTERNATIVES_MAX = 3;

/**
 * What does not fit a schema, each at its field: an unknown key at that key, a value of several possible forms inside
 * the form it was meant to have.
 */
export const issuesOf = (error: z.ZodError): ProblemIssue[] =>
  error.issues.flatMap((issue) => told(issue, [])).map(({ path, message }) => ({ path: path.join('.'), message }));

/** Of a field that is not there zod says that nothing is of the wrong type. */
const wordsOf = (issue: Issue): string =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined') ? 'is missing' : issue.message;

interface Told {
  readonly path: readonly string[];
  readonly message: string;
}

function told(issue: Issue, before: readonly string[]): Told[] {
  const path = [...before, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'there is no such field' }));
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: wordsOf(issue) }];
  const meant = issue.errors.filter((issues) => issues.every((inner) => inner.path.length > 0));
  const [nearest] = meant.toSorted((a, b) => a.length - b.length);
  if (nearest) return nearest.flatMap((inner) => told(inner, path));
  const messages = new Set(issue.errors.flatMap((issues) => issues.map(wordsOf)));
  const isShort = messages.size <= ALTERNATIVES_MAX;
  return [{ path, message: isShort ? [...messages].join('; or ') : `${issue.message}: none of the forms it may have` }];
}
