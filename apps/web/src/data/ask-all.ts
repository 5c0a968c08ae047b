import { listOf } from '@wickworks/contracts';
import type * as z from 'zod';
import { allPages } from './all-pages.js';
import { ask } from './auth-rest.js';

/** Every item of the list at a path below `/api/v1`, page by page. */
export const askAll = <T>(path: string, item: z.ZodType<T>): Promise<readonly T[]> =>
  allPages((cursor) => {
    const query = new URLSearchParams({ limit: '500', ...(cursor !== undefined && { cursor }) });
    return ask(`${path}?${query.toString()}`, listOf(item));
  });
