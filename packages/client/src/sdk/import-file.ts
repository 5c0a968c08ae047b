import type { Answer, Call, Reply, RestCore } from '../rest/rest-core.js';

/** Ten minutes: a large file over a slow line, and the time to store it. */
const IMPORT_TIMEOUT_MS = 600_000;

/** Sends a CSV file, plain or gzip: all of it is stored, or nothing. */
export const importFile = <T>(
  rest: RestCore,
  csv: Blob,
  call: Pick<Call<T>, 'path' | 'query' | 'signal'> & { readonly reply: Reply<T> },
): Answer<T> =>
  rest.ask({
    ...call,
    method: 'POST',
    // What is in it is seen by its first bytes; a file's own type is whatever its system believes.
    file: new Blob([csv], { type: 'text/csv' }),
    timeoutMs: IMPORT_TIMEOUT_MS,
  });
