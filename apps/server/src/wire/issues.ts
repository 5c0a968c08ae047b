import type { ProblemIssue } from '@wickworks/contracts';
import type { ZodError } from 'zod';

/** Zod's findings as issues of a problem: dotted path and what was expected there. */
export const issuesOf = (error: ZodError): ProblemIssue[] =>
  error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
