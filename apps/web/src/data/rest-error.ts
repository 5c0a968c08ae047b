import { describeFailure, type ClientFailure } from '@wickworks/client';
import type { Result } from '@wickworks/core';

/** What a REST hook's `error` is: `failure` tells a refusal (with its problem) from a server out of reach. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly failure: ClientFailure;

  constructor(failure: ClientFailure) {
    super(describeFailure(failure));
    this.failure = failure;
  }
}

/** TanStack Query wants failures thrown; nothing else does. */
export async function orThrow<T>(answer: Promise<Result<T, ClientFailure>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new RestError(result.error);
  return result.value;
}
