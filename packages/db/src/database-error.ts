/** What a failed database call means to the caller; `denied` and `misconfigured` need a change of the settings. */
export type DatabaseErrorKind =
  'busy' | 'full' | 'read-only' | 'damaged' | 'unavailable' | 'outdated' | 'denied' | 'misconfigured';

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
  HRANA_CLOSED_ERROR: 'unavailable',
  HRANA_PROTO_ERROR: 'unavailable',
  SERVER_ERROR: 'unavailable',
};

/** `error` as a {@link DatabaseError} when it is one of libSQL's, else itself; looks through wrapping errors. */
export function toDatabaseError(error: unknown): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseError) return cause;
    const kind = 'code' in cause && typeof cause.code === 'string' ? KINDS[cause.code] : undefined;
    const status = statusOf(cause.cause);
    if (kind !== undefined && (status === 401 || status === 403)) return denied(status === 401, error);
    if (kind !== undefined) return new DatabaseError(kind, `database ${kind}: ${cause.message}`, error);
    const delegation = /^WriteDelegation\(status: (\w+)/.exec(cause.message)?.[1];
    if (delegation !== undefined) return undelegated(delegation, error);
    // An answer cut off, or one that is not of libSQL at all: something else stands where its server was.
    if (
      (cause instanceof TypeError && cause.message === 'terminated') ||
      (cause instanceof SyntaxError && cause !== error)
    )
      return new DatabaseError('unavailable', 'database unavailable: its server gave no usable answer', error);
    if (cause instanceof TypeError && cause.message === 'fetch failed')
      return new DatabaseError(
        'unavailable',
        `database unavailable: no connection to its server${whyOf(cause)}`,
        error,
      );
  }
  return error;
}

/** The HTTP status of a server's answer that libSQL could not use. */
const statusOf = (cause: unknown): unknown => (cause instanceof Error && 'status' in cause ? cause.status : null);

const denied = (isUnknown: boolean, error: unknown): DatabaseError =>
  new DatabaseError(
    'denied',
    isUnknown
      ? 'the database server does not let us in: check DATABASE_AUTH_TOKEN'
      : 'the database server does not allow this: DATABASE_AUTH_TOKEN must be allowed to read and write',
    error,
  );

/** An embedded replica cannot hand a write on; libSQL's own message carries a native stack trace. */
function undelegated(status: string, error: unknown): DatabaseError {
  if (status === 'Unauthenticated' || status === 'PermissionDenied') return denied(status === 'Unauthenticated', error);
  const detail = status === 'Unavailable' ? 'its primary cannot be reached' : `its primary answers "${status}"`;
  return new DatabaseError('unavailable', `database unavailable: ${detail}`, error);
}

/** What the system said of a connection that could not be made: `connect ECONNREFUSED 127.0.0.1:8080`. */
function whyOf({ cause }: Error): string {
  if (!(cause instanceof Error)) return '';
  const said = cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
  return said === '' ? '' : ` (${said})`;
}
