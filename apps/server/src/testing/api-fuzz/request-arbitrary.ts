import fc from 'fast-check';
import { csvFiles } from './file-arbitrary.js';
import { FittingValues, type Hints } from './json-arbitrary.js';
import { mutated, NASTY_TEXTS } from './json-mutation.js';
import type { Json, Schema, Spec, SpecOperation } from './spec.js';

/** Who asks. */
const CALLERS = ['admin', 'trader', 'viewer', 'visitor', 'key', 'nobody', 'forger'] as const;
export type Caller = (typeof CALLERS)[number];

/** What one parameter of a path is filled with: something that exists (the n-th known id), or a text. */
type PathPart = { readonly known: number } | { readonly text: string };

/** One request, before it is known which ids exist. */
export interface RequestPlan {
  readonly operation: SpecOperation;
  readonly caller: Caller;
  readonly method: string;
  readonly parts: Readonly<Record<string, PathPart>>;
  /** With its `?`, or empty. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** The value the body says, when it is JSON of the right content type. */
  readonly value: { readonly json: Json } | null;
}

/** A path with an empty part is another path. */
const nastyPart = fc.constantFrom(...NASTY_TEXTS.filter((text) => text !== ''));
const nasty = fc.constantFrom(...NASTY_TEXTS);
const visible = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
/** As an address can hold it: halves of surrogate pairs cannot be. */
export const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'));

/** Requests to `operation`: as documented, at the edges, and in every way wrong. */
export function requestsTo(spec: Spec, operation: SpecOperation, hints: Hints): fc.Arbitrary<RequestPlan> {
  const values = new FittingValues(spec.components.schemas, hints);
  return fc
    .record({
      caller: fc.oneof(
        { weight: 6, arbitrary: fc.constant<Caller>(operation.path.includes('/auth/') ? 'visitor' : 'admin') },
        { weight: 4, arbitrary: fc.constantFrom(...CALLERS) },
      ),
      method: fc.oneof(
        { weight: 24, arbitrary: fc.constant(operation.method) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'),
        },
      ),
      parts: fc.record(Object.fromEntries(parametersOf(operation, 'path').map(({ name }) => [name, pathPart(name)]))),
      search: searches(operation, values),
      headers: headers(operation),
      sent: bodiesFor(operation, values),
    })
    .map(({ sent, headers: given, ...rest }) => ({
      ...rest,
      operation,
      body: sent.body,
      value: sent.value,
      headers: { ...given, ...(sent.type !== null && { 'content-type': sent.type }), ...sent.headers },
    }));
}

const parametersOf = ({ parameters }: SpecOperation, where: string) => parameters.filter((one) => one.in === where);

const pathPart = (name: string): fc.Arbitrary<PathPart> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.nat(1_000).map((known) => ({ known })) },
    { weight: 3, arbitrary: fc.constantFrom('scripted', 'none', name).map((text) => ({ text })) },
    { weight: 2, arbitrary: nastyPart.map((text) => ({ text: encoded(text) })) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1 }).map((text) => ({ text: encoded(text) })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('%', '%ff', '%zz', '%00', '..', '.', '%2e%2e', '%2f', ';a=b', '*')
        .map((text) => ({ text })),
    },
  );

function searches(operation: SpecOperation, values: FittingValues): fc.Arbitrary<string> {
  const known = parametersOf(operation, 'query').map(({ name, schema, required = false }) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: required ? 20 : 4, arbitrary: values.named(name, schema).map((value) => textOf(value)) },
        { weight: 2, arbitrary: fc.oneof(nasty, fc.string({ unit: 'binary' })) },
        { weight: required ? 1 : 4, arbitrary: fc.constant(null) },
      ),
    ),
  );
  // Most requests come without: what is not asked for is refused at the door.
  const odd = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['&limit=1&limit=2', '&limit[]=1', '&limit[a]=1', '&cursor[__proto__]=1', '&=&&', '&%', '&a=%ff'],
        `&${'a=1&'.repeat(1_500)}`,
      ),
    },
  );
  return fc.tuple(fc.tuple(...known), odd).map(([pairs, more]) => {
    const given = pairs.flatMap(([name, value]) => (value === null ? [] : [`${name}=${encoded(value)}`]));
    const search = `${given.join('&')}${more}`;
    return search === '' ? '' : `?${search}`;
  });
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Each header now and then; those the operation names more often. */
function headers(operation: SpecOperation): fc.Arbitrary<Record<string, string>> {
  const names = new Set(parametersOf(operation, 'header').map(({ name }) => name.toLowerCase()));
  const often = (name: string): number => (names.has(name) ? 10 : 1);
  const sometimes = <T extends string>(name: string, value: fc.Arbitrary<T>, weight = often(name)) =>
    fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight, arbitrary: value });
  return fc
    .record({
      'if-match': fc.oneof(
        { weight: names.has('if-match') ? 1 : 12, arbitrary: fc.constant(null) },
        { weight: 6, arbitrary: fc.constant('*') },
        {
          weight: 3,
          arbitrary: fc.constantFrom('"v1"', '"v2"', 'W/"v1"', '"v999999999999999"', '"v-1"', 'v1', '""', '"a", "b"'),
        },
        { weight: 1, arbitrary: visible },
      ),
      'idempotency-key': sometimes(
        'idempotency-key',
        fc.oneof(fc.constantFrom('k1', 'k2', 'x'.repeat(128), 'x'.repeat(129), 'a b'), visible),
        names.has('idempotency-key') ? 4 : 1,
      ),
      'x-request-id': sometimes('x-request-id', visible),
      'x-csrf-token': sometimes('x-csrf-token', visible),
      cookie: sometimes(
        'cookie',
        fc.constantFrom('wick_access=x', 'wick_access=%ff; a', '=;=;', 'wick_refresh="', `a=${'b'.repeat(3_000)}`),
      ),
      accept: sometimes('accept', fc.constantFrom('text/html', '*/*', 'application/xml;q=0.1', 'x', '')),
      'accept-encoding': sometimes('accept-encoding', fc.constantFrom('identity', 'zstd', ';q=0', '*;q=0')),
      origin: sometimes('origin', fc.constantFrom('https://evil.example', 'null', 'x')),
      'x-http-method-override': sometimes('x-http-method-override', fc.constantFrom('DELETE', 'GET')),
      range: sometimes('range', fc.constantFrom('bytes=0-1', 'x')),
      'if-none-match': sometimes('if-none-match', fc.constantFrom('*', '"v1"')),
      expect: sometimes('expect', fc.constantFrom('100-continue')),
    })
    .map((all) =>
      Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    );
}

interface SentBody {
  readonly body: Buffer | null;
  readonly value: { readonly json: Json } | null;
  readonly type: string | null;
  readonly headers: Readonly<Record<string, string>>;
}
const NOTHING: SentBody = { body: null, value: null, type: null, headers: {} };
const JSON_TYPE = 'application/json';

function bodiesFor({ requestBody, path }: SpecOperation, values: FittingValues): fc.Arbitrary<SentBody> {
  if (!requestBody) return fc.oneof({ weight: 9, arbitrary: fc.constant(NOTHING) }, rawBodies);
  const schema = requestBody.content[JSON_TYPE]?.schema;
  if (schema) return bodies(schema, values);
  const files = Object.keys(requestBody.content).map((type) =>
    csvFiles(type, path.includes('/trades/') ? 'trades' : 'candles').map((body) => ({
      body,
      value: null,
      type,
      headers: {},
    })),
  );
  return fc.oneof(...files.map((arbitrary) => ({ weight: 4, arbitrary })), rawBodies);
}

function bodies(schema: Schema, values: FittingValues): fc.Arbitrary<SentBody> {
  const fitting = values.of(schema);
  const asJson = (json: Json): SentBody => ({
    ...{ body: Buffer.from(JSON.stringify(json)), type: JSON_TYPE, headers: {} },
    value: { json },
  });
  return fc.oneof(
    { weight: 8, arbitrary: fitting.map(asJson) },
    { weight: 8, arbitrary: mutated(fitting).map(asJson) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => asJson(value as Json)) },
    { weight: 1, arbitrary: fc.constant(NOTHING) },
    { weight: 1, arbitrary: otherwiseSent(fitting) },
    { weight: 1, arbitrary: rawBodies },
  );
}

/** Good JSON under a wrong name, or spoiled. */
const otherwiseSent = (value: fc.Arbitrary<Json>): fc.Arbitrary<SentBody> =>
  fc
    .tuple(
      value.map((json) => Buffer.from(JSON.stringify(json))),
      fc.constantFrom(
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=latin1',
        'application/json; charset=utf-16',
        'application/xml',
        '/',
        'x',
        JSON_TYPE,
      ),
      fc.constantFrom('', '', 'gzip', 'br', 'x', 'identity'),
      fc.nat(200),
    )
    .map(([body, type, coding, cut]) => ({
      body:
        type === JSON_TYPE && coding === ''
          ? body.subarray(0, Math.max(1, body.length - 1 - (cut % body.length)))
          : body,
      ...{ value: null, type, headers: coding === '' ? {} : { 'content-encoding': coding } },
    }));

const DEEP = 50_000;
/** Not what JSON is. */
const rawBodies: fc.Arbitrary<SentBody> = fc
  .oneof(
    fc
      .constantFrom(
        ...[
          '',
          'null',
          '0',
          '"x"',
          '[]',
          '{}',
          '{',
          '{"a":1e999}',
          '{"a":-0}',
          '\ufeff{}',
          '{}{}',
          '{"a":1,"a":2}',
          "{'a':1}",
          'NaN',
        ],
        ...[
          '['.repeat(DEEP),
          `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
          `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
          `{"name":"x","document":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
        ],
      )
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.from(`{"a":"${'x'.repeat(1_100_000)}"}`)),
  )
  .map((body) => ({ body, value: null, type: JSON_TYPE, headers: {} }));
