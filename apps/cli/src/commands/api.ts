import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '@wickworks/contracts';
import { err, ok } from '@wickworks/core';
import { Argument } from 'commander';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { failed, wrongUsage } from '../failure.js';
import { collect } from '../options.js';
import { apiKeyOf, fetchOf, serverAddress, withServerOption, type ServerOptions } from '../server-access.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Options extends ServerOptions {
  readonly query: readonly string[];
  readonly body?: string;
  readonly type?: string;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  readonly out?: string;
}

/** `wick api METHOD PATH`: any call of a server's API, as it stands in `/api/docs`. */
export const api: RegisterCommand = (parent, world, done) => {
  const command = parent.command('api').description('call any path of a server’s API, such as GET /exchanges');
  withServerOption(command, 'the one these settings describe')
    .addArgument(new Argument('<method>', 'how').choices(METHODS))
    .argument('<path>', 'path below /api/v1, or all of it from /api on')
    .option('--query <name=value>', 'a parameter of the query; may be repeated', collect, [])
    .option('--body <file>', 'file to send: JSON, or what --type says; - for standard input')
    .option('--type <media-type>', 'of the body, such as text/csv; default: by the name of the file, else JSON')
    .option('--if-match <version>', 'ETag of what is changed, or *')
    .option('--idempotency-key <key>', 'the same key within 24 h does it once')
    .option('--out <file>', 'file to write the answer to, as it comes')
    .action((method: string, path: string, options: Options) => done(call(world, { method, path, options })));
};

async function call(
  world: World,
  { method, path, options }: { method: string; path: string; options: Options },
): Promise<CommandResult> {
  const address = serverAddress(world, options);
  if (!address.ok) return address;
  if (!path.startsWith('/')) return err(wrongUsage('the path begins with /, such as /exchanges'));
  const isWhole = path === '/metrics' || path.startsWith('/api/');
  const url = new URL(
    `${address.value.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}${isWhole ? '' : '/api/v1'}${path}`,
  );
  for (const pair of options.query) {
    const at = pair.indexOf('=');
    if (at < 1) return err(wrongUsage(`--query ${pair}: expected name=value`));
    url.searchParams.append(pair.slice(0, at), pair.slice(at + 1));
  }
  const body = await bodyOf(world, options.body);
  if (body === null) return err(wrongUsage(`the file ${String(options.body)} cannot be read`));
  const key = apiKeyOf(world);
  if (!key.ok) return key;
  const response = await fetchOf(world)(url, {
    method,
    headers: {
      ...(key.value !== undefined && { authorization: `Bearer ${key.value}` }),
      ...(body !== undefined && { 'content-type': options.type ?? typeOf(options.body) }),
      ...(options.ifMatch !== undefined && { 'if-match': options.ifMatch }),
      ...(options.idempotencyKey !== undefined && { 'idempotency-key': options.idempotencyKey }),
    },
    ...(body !== undefined && { body }),
  }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof response === 'string') return err(failed(`the server gives no answer: ${response}`));
  if (response.ok && options.out !== undefined) return save(response, resolve(world.cwd, options.out), options.out);
  const text = await response.text();
  const data = isOneJson(response) ? jsonOf(text) : text;
  if (response.ok) return ok({ json: data, text: typeof data === 'string' ? data : JSON.stringify(data, null, 2) });
  const problem = Problem.safeParse(data);
  if (!problem.success) return err(failed(`answered ${response.status}`));
  const { detail, code, issues = [] } = problem.data;
  return err(failed(`${code}: ${detail}`, { code, issues }));
}

async function bodyOf(world: World, file: string | undefined): Promise<Uint8Array<ArrayBuffer> | undefined | null> {
  if (file === undefined) return undefined;
  const path = file === '-' ? '/dev/stdin' : resolve(world.cwd, file);
  return readFile(path).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  );
}

function typeOf(file = ''): string {
  if (file.endsWith('.gz')) return 'application/gzip';
  return file.endsWith('.csv') ? 'text/csv' : 'application/json';
}

/** Lines of JSON are not one: they are printed as they are, even when there is one line only. */
const isOneJson = (response: Response): boolean => !/ndjson|text\//.test(response.headers.get('content-type') ?? '');

async function save(response: Response, path: string, name: string): Promise<CommandResult> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  try {
    await writeFile(path, bytes);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return err(failed(`${name} cannot be written: ${error.message}`));
    throw error;
  }
  return ok({ json: { file: name, bytes: bytes.length }, text: `${name}: ${bytes.length} bytes` });
}

/** JSON where it is some, `null` for nothing, else the text itself (files of lines). */
function jsonOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
