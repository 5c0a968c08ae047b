/** Why a command could not do what it was asked: exit code 1, or 2 when the call itself was wrong. */
export interface CommandFailure {
  readonly kind: 'failed' | 'usage';
  readonly message: string;
  /** Further facts for `--json`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export const failed = (message: string, details?: CommandFailure['details']): CommandFailure => ({
  kind: 'failed',
  message,
  ...(details === undefined ? {} : { details }),
});

export const wrongUsage = (message: string): CommandFailure => ({ kind: 'usage', message });
