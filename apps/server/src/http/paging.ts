import type { Paging } from '@wickworks/contracts';
import { refuse } from '../wire/problem.js';
import { RefusedError } from './problems.js';

/** One page of `items`, which have a stable order given by `keyOf`; the cursor is the last key seen. */
export function pageOf<T>(
  items: readonly T[],
  { limit, cursor }: Paging,
  keyOf: (item: T) => string,
): { items: T[]; nextCursor: string | null } {
  let from = 0;
  if (cursor !== undefined) {
    const lastKey = cursorKey(cursor);
    const index = items.findIndex((item) => keyOf(item) === lastKey);
    if (index < 0) throw unknownCursor();
    from = index + 1;
  }
  const page = items.slice(from, from + limit);
  const last = page.at(-1);
  const hasMore = last !== undefined && from + limit < items.length;
  return { items: page, nextCursor: hasMore ? cursorOf(keyOf(last)) : null };
}

/** The page of a list that was asked for one more than `limit`, which tells whether there is a next page. */
export function pageOfMore<T>(
  found: readonly T[],
  limit: number,
  keyOf: (item: T) => number,
): { items: T[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > limit ? cursorOf(String(keyOf(last))) : null };
}

/** The cursor that goes on after the item of this key. */
export const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');

/** The key inside a cursor of {@link cursorOf}; anything at all when somebody made the cursor up. */
export const cursorKey = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** The answer to a cursor that leads nowhere. */
export function unknownCursor(): RefusedError {
  const message = 'the cursor is unknown or no longer valid; start again without it';
  return new RefusedError(refuse('invalid-field', message, [{ path: 'cursor', message }]));
}
