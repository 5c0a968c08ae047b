import * as z from 'zod';
import { EventsClientMessage, issuesOf, OhlcvClientMessage } from '@wickworks/contracts';
import { err, ok, TIMEFRAMES, type Result } from '@wickworks/core';
import { refuse, type Refusal } from '../wire/problem.js';
import { faultOfJson } from '../wire/json-shape.js';

/** A message that cannot be acted on, with the `id` it carried if it carried one. */
interface RefusedMessage {
  readonly id: string | undefined;
  readonly refusal: Refusal;
}

const Envelope = z.object({ op: z.unknown().optional(), id: z.unknown().optional() });

/** Reads one text frame of a client of `/ws/ohlcv`. */
export const parseClientMessage = readerOf<OhlcvClientMessage>(
  OhlcvClientMessage,
  OhlcvClientMessage.options.map((option) => option.shape.op.value),
);

/** Reads one text frame of a client of `/ws/events`. */
export const parseEventsMessage = readerOf<EventsClientMessage>(
  EventsClientMessage,
  EventsClientMessage.options.map((option) => option.shape.op.value),
);

function readerOf<M>(schema: z.ZodType<M>, operations: readonly string[]) {
  return (text: string): Result<M, RefusedMessage> => read(text, schema, operations);
}

function read<M>(text: string, schema: z.ZodType<M>, operations: readonly string[]): Result<M, RefusedMessage> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable';
    return err({ id: undefined, refusal: refuse('malformed-message', `the message is not JSON: ${why}`) });
  }
  const fault = faultOfJson(json);
  if (fault !== null) return err({ id: undefined, refusal: refuse('malformed-message', fault) });
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) {
    return err({
      id: undefined,
      refusal: refuse('malformed-message', 'a message is a JSON object with "op" and "id"'),
    });
  }
  const { op, id: rawId } = envelope.data;
  const id = typeof rawId === 'string' && rawId.length <= 64 ? rawId : undefined;
  if (!operations.some((known) => known === op)) {
    const detail = `"op" is ${op === undefined ? 'missing' : shown(op)}; known: ${operations.join(', ')}`;
    return err({ id, refusal: refuse('unknown-operation', detail, [{ path: 'op', message: detail }]) });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issues = issuesOf(parsed.error);
  if (issues.some((issue) => issue.path === 'timeframe')) {
    const accepted = TIMEFRAMES.join(', ');
    return err({ id, refusal: refuse('unknown-timeframe', `"timeframe" must be one of ${accepted}`, issues) });
  }
  const detail = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  return err({ id, refusal: refuse('invalid-field', detail, issues) });
}

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 80);
