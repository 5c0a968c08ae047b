import { hasBody, hasReply, Problem, PROBLEM_CODES, type Endpoint, type ProblemCode } from '@wickworks/contracts';
import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problemOf, refuse, statusOf } from '../wire/problem.js';
import { EXAMPLES } from './openapi-examples.js';
import { PARAMETER_TEXTS, REFUSAL_TEXTS } from './openapi-texts.js';
import { UNREADABLE_STATUSES } from './unreadable.js';

const PROBLEM_TYPE = 'application/problem+json';
const text = (description: string) => ({ description, schema: { type: 'string' as const } });
const count = (description: string) => ({ description, schema: { type: 'integer' as const } });

const LIMIT_HEADERS = {
  'RateLimit-Limit': count('requests a minute'),
  'RateLimit-Remaining': count('how many are left'),
  'RateLimit-Reset': count('seconds until the count starts afresh'),
  'X-Request-Id': text('names this request in logs'),
};

/** `endpoints` as an OpenAPI 3.1 document; its schemas are those the requests are parsed with. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): Record<string, unknown> {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = openApiPath(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Wickworks',
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description:
          'Times are milliseconds UTC. Lists answer `{items, nextCursor}`. What is refused is answered with `application/problem+json`.',
      },
      servers: [{ url: '/' }],
      tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'an access token, or an API key (`wk_…`)' },
          page: {
            type: 'apiKey',
            in: 'cookie',
            name: 'wick_access',
            description: 'set by signing in; writes also send `X-CSRF-Token`',
          },
        },
        examples: Object.fromEntries(PROBLEM_CODES.map((code) => [code, { value: problemExample(code) }])),
      },
      paths,
    },
    // What is read only after a transformation is described by what comes in.
    { allowEmptySchema: { void: true, undefined: true, unknown: true } },
  );
  describeParameters(document);
  return { ...document };
}

/** `/a/:id` as OpenAPI writes it. */
export const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query, body, bodyMedia, summary, description, tag, role, scope } = endpoint;
  const example = exampleOf(endpoint);
  const headers = headersOf(endpoint);
  return {
    operationId: operationId(endpoint),
    summary,
    description: [description, rightsText(endpoint)].filter((part) => part !== '').join('\n\n'),
    tags: [tag],
    requestParams: {
      ...(isFilled(params) && { path: params }),
      ...(isFilled(query) && { query }),
      ...(isFilled(headers) && { header: headers }),
    },
    ...(hasBody(endpoint) && {
      requestBody: {
        required: bodyMedia.length > 0 || !body.safeParse(undefined).success,
        content:
          bodyMedia.length > 0
            ? Object.fromEntries(
                bodyMedia.map((type) => [
                  type,
                  { schema: { type: 'string' as const }, ...(type.startsWith('text/') && { example: example.body }) },
                ]),
              )
            : { 'application/json': { schema: body, ...(example.body !== undefined && { example: example.body }) } },
      },
    }),
    security: role === 'public' ? [] : [{ bearer: scope === null ? [] : [scope] }, { page: [] }],
    responses: { ...goodResponses(endpoint), ...problemResponses(endpoint) },
  };
}

const isFilled = (schema: z.ZodType): schema is z.ZodObject =>
  schema instanceof z.ZodObject && Object.keys(schema.shape).length > 0;

function headersOf({ isVersioned, isIdempotent }: Endpoint): z.ZodObject {
  return z.object({
    ...(isVersioned && { 'If-Match': z.string().meta({ description: 'the `ETag` of what was read, or `*`' }) }),
    ...(isIdempotent && {
      'Idempotency-Key': z
        .string()
        .max(128)
        .optional()
        .meta({ description: 'the same key within 24 h gets the same answer, without doing it again' }),
    }),
  });
}

function goodResponses(endpoint: Endpoint) {
  const { reply, status, alsoStatus, media, isVersioned } = endpoint;
  const example = exampleOf(endpoint);
  const headers = {
    ...LIMIT_HEADERS,
    ...(isVersioned && { ETag: text('the version') }),
    ...((status === 201 || (status === 202 && hasReply(endpoint))) && { Location: text('where it can be read') }),
  };
  const texts = Object.fromEntries(
    media.map((type) => [
      type,
      { schema: { type: 'string' as const }, ...(type.includes('json') && { example: example.reply }) },
    ]),
  );
  const json = {
    'application/json': { schema: reply, ...(example.reply !== undefined && { example: example.reply }) },
  };
  const content = media.length > 0 ? texts : json;
  const response = { description: 'done', headers, ...(hasReply(endpoint) && { content }) };
  return {
    ...Object.fromEntries([status, ...alsoStatus].map((code) => [String(code), response])),
    ...(endpoint.method === 'GET' && { 304: { description: 'as `If-None-Match` says: nothing is sent' } }),
  };
}

/** Refusals by status, the codes of each named. */
function problemResponses(endpoint: Endpoint) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(endpoint)) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  for (const status of endpoint.alsoStatus) byStatus.delete(status);
  const codesOfStatus = new Map([...byStatus].map(([status, codes]) => [String(status), codes]));
  const texts = { ...UNREADABLE_STATUSES, ...Object.fromEntries([...byStatus].map(([s, codes]) => [s, told(codes)])) };
  return Object.fromEntries(
    Object.entries(texts).map(([status, description]) => [
      status,
      {
        description,
        ...(status === '429' && { headers: { 'Retry-After': count('seconds until it is worth another try') } }),
        content: { [PROBLEM_TYPE]: { schema: Problem, ...examplesOf(codesOfStatus.get(status)) } },
      },
    ]),
  );
}

const told = (codes: readonly ProblemCode[]): string =>
  codes.map((code) => `\`${code}\`: ${REFUSAL_TEXTS[code]}`).join('; ');

const examplesOf = (codes: readonly ProblemCode[] = []) =>
  codes.length > 0 && {
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };

function problemExample(code: ProblemCode): Problem {
  const detail = REFUSAL_TEXTS[code];
  const issues = code === 'invalid-field' ? [{ path: 'params.period', message: 'must lie between 1 and 100000' }] : [];
  return problemOf(
    refuse(code, detail, issues.length > 0 ? issues : undefined),
    '6498dad3-2572-41c0-be13-26b41cccb6f9',
  );
}

/** What the contract holds counts before the table. */
const exampleOf = ({ method, path, example }: Endpoint): Endpoint['example'] => ({
  ...EXAMPLES[`${method} ${path}`],
  ...example,
});

/** Parameters of the same name mean the same everywhere. */
function describeParameters({ paths = {} }: ReturnType<typeof createDocument>): void {
  for (const operations of Object.values(paths))
    for (const { parameters = [] } of Object.values(operations as Record<string, { parameters?: unknown[] }>))
      for (const parameter of parameters) {
        const given = Parameter.safeParse(parameter);
        const description = given.success ? PARAMETER_TEXTS[given.data.name] : undefined;
        if (description !== undefined) Object.assign(parameter as object, { description });
      }
}
const Parameter = z.object({ name: z.string(), description: z.undefined().optional() });

function codesOf(endpoint: Endpoint): ReadonlySet<ProblemCode> {
  const { role, method, errors, isVersioned, isIdempotent } = endpoint;
  return new Set<ProblemCode>([
    ...(['bad-request', 'invalid-field', 'forbidden', 'unauthenticated', 'rate-limited', 'internal'] as const),
    ...(method === 'GET' ? [] : (['payload-too-large', 'unsupported-media-type'] as const)),
    ...(isVersioned ? (['precondition-required', 'precondition-failed'] as const) : []),
    ...(isIdempotent ? (['conflict'] as const) : []),
    ...(role === 'public' ? [] : (['unauthenticated'] as const)),
    ...errors,
  ]);
}

function rightsText({ role, scope }: Endpoint): string {
  if (role === 'public') return 'Open to everybody.';
  const who = role === 'market-data' ? 'Open to all where market data is public, else role viewer' : `Role ${role}`;
  return `${who}; ${scope === null ? 'not for API keys' : `API keys need the scope \`${scope}\``}.`;
}

/** `get_strategies_id_versions`: unlike the others, and the same tomorrow. */
const operationId = ({ method, path }: Endpoint): string =>
  `${method.toLowerCase()}${path.replace(/^\/api(\/v1)?/, '').replaceAll(/[^a-zA-Z0-9]+/g, '_')}`.replace(/_$/, '');
