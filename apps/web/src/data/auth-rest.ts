import type { ClientFailure } from '@wickworks/client';
import { Problem, type ProblemIssue } from '@wickworks/contracts';
import type * as z from 'zod';
import { authFetch } from './auth-fetch.js';
import { serverUrl } from './data-services.js';
import { RestError } from './rest-error.js';

interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** Version that is meant to be changed. */
  readonly version?: number;
}

const failed = (failure: ClientFailure): RestError => new RestError(failure);

/** Asks a path below `/api/v1`; throws a `RestError`, as the queries of this folder expect. */
export async function ask<T>(
  path: string,
  reply: z.ZodType<T> | null,
  { method = 'GET', body, version }: Ask = {},
): Promise<T> {
  let response: Response;
  try {
    response = await authFetch(new URL(`/api/v1${path}`, serverUrl()), {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"v${String(version)}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw failed({ kind: 'transport', message: cause instanceof Error ? cause.message : 'no answer', retryable: true });
  }
  const json: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = Problem.safeParse(json);
    throw failed(
      problem.success
        ? { kind: 'problem', problem: problem.data, retryable: problem.data.retryable }
        : { kind: 'unexpected-reply', message: `answered ${String(response.status)}`, retryable: false },
    );
  }
  // Where no reply is expected T is void.
  if (reply === null) return undefined as T;
  const parsed = reply.safeParse(json);
  if (parsed.success) return parsed.data;
  throw failed({ kind: 'unexpected-reply', message: parsed.error.issues[0]?.message ?? '', retryable: false });
}

/** What to show for a failed request: the sentence of the server, or what stood in the way. */
export const sentenceOf = (error: unknown): string =>
  error instanceof RestError && error.failure.kind === 'problem'
    ? error.failure.problem.detail
    : error instanceof Error
      ? error.message
      : String(error);

/** Code of the server's refusal, if it was one. */
export const codeOf = (error: unknown): string | null =>
  error instanceof RestError && error.failure.kind === 'problem' ? error.failure.problem.code : null;

/** Fields the server refused, and why. */
export const issuesOf = (error: unknown): readonly ProblemIssue[] =>
  error instanceof RestError && error.failure.kind === 'problem' ? (error.failure.problem.issues ?? []) : [];
