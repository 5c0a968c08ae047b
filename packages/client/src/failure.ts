import type { Problem } from '@wickworks/contracts';

/**
 * Why a call gave no value. `problem`: the server refused and says why; `transport`: no answer (network, timeout,
 * lost socket), worth another try; `unexpected-reply`: an answer that breaks the contract, so nothing in it was used.
 */
export type ClientFailure =
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryable: boolean }
  | { readonly kind: 'transport'; readonly message: string; readonly retryable: true }
  | { readonly kind: 'unexpected-reply'; readonly message: string; readonly retryable: false };

export const problemFailure = (problem: Problem): ClientFailure => ({
  kind: 'problem',
  problem,
  retryable: problem.retryable,
});

export const transportFailure = (message: string): ClientFailure => ({ kind: 'transport', message, retryable: true });

export const unexpectedReply = (message: string): ClientFailure => ({
  kind: 'unexpected-reply',
  message,
  retryable: false,
});

/** One sentence for people. */
export const describeFailure = (failure: ClientFailure): string =>
  failure.kind === 'problem' ? failure.problem.detail || failure.problem.title : failure.message;
