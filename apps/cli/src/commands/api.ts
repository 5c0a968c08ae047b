import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '@wickworks/contracts';
import { err, ok } from '@wickworks/core';
import { Argument } from 'commander';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { failed, wrongUsage } from '../failure.js';
import { collect } from '../options.js';
import { apiKeyOf, serverAddress, withServerOption, type ServerOptions } from '../server-access.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Options extends ServerOptions {
  readonly query: readonly string[];
  readonly body?: string;
  readonly ifMatch?: string;
}

/** `wick api METHOD PATH`: any call of a server's API, as it stands in `/api/docs`. */
export const api: RegisterCommand = (parent, world, done) => {
  const command = parent.command('api').description('call any path of a server’s API, such as GET /exchanges');
  withServerOption(command, 'the one these settings describe')
    .addArgument(new Argument('<method>', 'how').choices(METHODS))
    .argument('<path>', 'path below /api/v1')
    .option('--query <name=value>', 'a parameter of the query; may be repeated', collect, [])
    .option('--body <file>', 'file with the JSON to send, - for standard input')
    .option('--if-match <version>', 'ETag of what is changed, or *')
    .action((method: string, path: string, options: Options) => done(call(world, { method, path, options })));
};

async function call(
  world: World,
  { method, path, options }: { method: string; path: string; options: Options },
): Promise<CommandResult> {
  const address = serverAddress(world, options);
  if (!address.ok) return address;
  if (!path.startsWith('/')) return err(wrongUsage('the path begins with /, such as /exchanges'));
  const url = new URL(`${address.value.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1${path}`);
  for (const pair of options.query) {
    const at = pair.indexOf('=');
    if (at < 1) return err(wrongUsage(`--query ${pair}: expected name=value`));
    url.searchParams.append(pair.slice(0, at), pair.slice(at + 1));
  }
  const body = await bodyOf(world, options.body);
  if (body === null) return err(wrongUsage(`the file ${String(options.body)} cannot be read`));
  const key = apiKeyOf(world);
  const response = await fetch(url, {
    method,
    signal: world.signal,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(options.ifMatch !== undefined && { 'if-match': options.ifMatch }),
    },
    ...(body !== undefined && { body }),
  }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof response === 'string') return err(failed(`the server gives no answer: ${response}`));
  const text = await response.text();
  const data = jsonOf(text);
  if (response.ok) return ok({ json: data, text: typeof data === 'string' ? data : JSON.stringify(data, null, 2) });
  const problem = Problem.safeParse(data);
  if (!problem.success) return err(failed(`answered ${response.status}`));
  const { detail, code, issues = [] } = problem.data;
  return err(failed(`${code}: ${detail}`, { code, issues }));
}

async function bodyOf(world: World, file: string | undefined): Promise<string | undefined | null> {
  if (file === undefined) return undefined;
  return readFile(file === '-' ? '/dev/stdin' : resolve(world.cwd, file), 'utf8').catch(() => null);
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
