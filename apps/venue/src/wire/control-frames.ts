import { z } from 'zod';

/** A control frame the client sent, or the error it deserves. */
export type Control =
  | { readonly kind: 'subscribe' | 'unsubscribe'; readonly id: RequestId; readonly names: readonly string[] }
  | { readonly kind: 'list'; readonly id: RequestId }
  | { readonly kind: 'set-combined'; readonly id: RequestId; readonly combined: boolean }
  | { readonly kind: 'get-combined'; readonly id: RequestId }
  | { readonly kind: 'error'; readonly id: RequestId; readonly code: number; readonly message: string };

export type RequestId = string | number | null;

const METHODS = ['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS', 'SET_PROPERTY', 'GET_PROPERTY'] as const;
const Id = z.union([z.int().min(0), z.string().max(36), z.null()]);
const Names = z.array(z.string()).min(1);

/** Reads a frame of the live subscription protocol; errors carry Binance's codes (0 property, 1 type, 2 request, 3 JSON). */
export function parseControl(text: string): Control {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch (error) {
    return failure(null, 3, `Invalid JSON: ${error instanceof Error ? error.message : 'not JSON'}`);
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) {
    return failure(null, 2, 'Invalid request: an object is expected');
  }
  const { method, params, id: givenId }: { method?: unknown; params?: unknown; id?: unknown } = frame;
  const id = Id.safeParse(givenId ?? null);
  if (!id.success) return failure(null, 2, 'Invalid request: request ID must be an unsigned integer');
  if (method === undefined) return failure(id.data, 2, 'Invalid request: missing field `method`');
  const known = METHODS.find((name) => name === method);
  if (known === undefined) {
    const list = METHODS.map((name) => `\`${name}\``).join(', ');
    return failure(id.data, 2, `Invalid request: unknown variant ${JSON.stringify(method)}, expected one of ${list}`);
  }
  return withParams(known, params, id.data);
}

function withParams(method: (typeof METHODS)[number], params: unknown, id: RequestId): Control {
  switch (method) {
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE': {
      const names = Names.safeParse(params);
      if (!names.success) return failure(id, 2, 'Invalid request: `params` must be a list of stream names');
      return { kind: method === 'SUBSCRIBE' ? 'subscribe' : 'unsubscribe', id, names: names.data };
    }
    case 'LIST_SUBSCRIPTIONS':
      return params === undefined ? { kind: 'list', id } : failure(id, 2, 'Invalid request: too many parameters');
    case 'SET_PROPERTY':
    case 'GET_PROPERTY': {
      if (!Array.isArray(params) || typeof params[0] !== 'string') {
        return failure(id, 2, 'Invalid request: property name must be a string');
      }
      if (params[0] !== 'combined') return failure(id, 0, 'Unknown property');
      if (method === 'GET_PROPERTY') return { kind: 'get-combined', id };
      const value: unknown = params[1];
      if (typeof value !== 'boolean') return failure(id, 1, 'Invalid value type: expected Boolean');
      return { kind: 'set-combined', id, combined: value };
    }
  }
}

const failure = (id: RequestId, code: number, message: string): Control => ({ kind: 'error', id, code, message });
