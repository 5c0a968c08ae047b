/** What a failed database call means to the caller. */
export type DatabaseErrorKind = 'busy' | 'full' | 'read-only' | 'damaged' | 'unavailable' | 'outdated';

/** An outside failure of the database, mapped once from libSQL's codes; a bug of ours stays what it is. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** True when the same call may succeed later without a change. */
  readonly retryable: boolean;

  constructor(kind: DatabaseErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.retryable = kind === 'busy' || kind === 'full' || kind === 'unavailable';
  }
}

const KINDS: Readonly<Record<string, DatabaseErrorKind>> = {
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_FULL: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  SQLITE_IOERR: 'unavailable',
  SQLITE_CANTOPEN: 'unavailable',
  SQLITE_PERM: 'unavailable',
  HRANA_WEBSOCKET_ERROR: 'unavailable',
  SERVER_ERROR: 'unavailable',
};

/** `error` as a {@link DatabaseError} when it is one of libSQL's, else itself; looks through wrapping errors. */
export function toDatabaseError(error: unknown): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseError) return cause;
    const kind = 'code' in cause && typeof cause.code === 'string' ? KINDS[cause.code] : undefined;
    if (kind !== undefined) return new DatabaseError(kind, `database ${kind}: ${cause.message}`, error);
    // An embedded replica that cannot hand a write on; its message carries a native stack trace.
    if (/^WriteDelegation\(status: Unavailable/.test(cause.message))
      return new DatabaseError('unavailable', 'database unavailable: its primary cannot be reached', error);
    if (cause instanceof TypeError && cause.message === 'fetch failed')
      return new DatabaseError('unavailable', 'database unavailable: no connection to its server', error);
  }
  return error;
}
