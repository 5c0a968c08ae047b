import * as z from 'zod';
import { refuse } from '../wire/problem.js';
import { RefusedError } from './problems.js';

const LIMIT_MAX = 1_000;

/** `?limit&cursor` of every list. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(100),
  cursor: z.string().max(256).optional(),
});

/** One page of `items`, which have a stable order given by `keyOf`; the cursor is the last key seen. */
export function pageOf<T>(
  items: readonly T[],
  { limit, cursor }: z.infer<typeof Paging>,
  keyOf: (item: T) => string,
): { items: readonly T[]; nextCursor: string | null } {
  let from = 0;
  if (cursor !== undefined) {
    const lastKey = Buffer.from(cursor, 'base64url').toString('utf8');
    const index = items.findIndex((item) => keyOf(item) === lastKey);
    if (index < 0) {
      const message = 'the cursor is unknown or no longer valid; start again without it';
      throw new RefusedError(refuse('invalid-field', message, [{ path: 'cursor', message }]));
    }
    from = index + 1;
  }
  const page = items.slice(from, from + limit);
  const last = page.at(-1);
  const hasMore = last !== undefined && from + limit < items.length;
  return { items: page, nextCursor: hasMore ? Buffer.from(keyOf(last)).toString('base64url') : null };
}
