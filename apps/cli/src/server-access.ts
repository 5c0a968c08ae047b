import type { Command } from 'commander';
import { createWickSdk, describeFailure, type ClientFailure, type WickSdk } from '@wickworks/client';
import { err, ok, type Result } from '@wickworks/core';
import { readConfig, type CommandResult, type World } from './context.js';
import { failed, wrongUsage, type CommandFailure } from './failure.js';

/** Where a running server is. */
export interface ServerOptions {
  readonly server?: string;
}

/** The option of commands that ask a running server; its key comes by `WICK_API_KEY`, never by the command line. */
export const withServerOption = (command: Command, whenLeftOut: string): Command =>
  command.option(
    '--server <url>',
    `a running server, such as http://127.0.0.1:8080 (key: WICK_API_KEY); default: WICK_SERVER, else ${whenLeftOut}`,
  );

/** The server named by option or environment; `undefined` when none is. */
export const namedServer = (world: World, { server }: ServerOptions): string | undefined =>
  server ?? (world.env['WICK_SERVER'] === '' ? undefined : world.env['WICK_SERVER']);

/** The key of requests to a server; `undefined`: they go without one. What is none is never shown. */
export function apiKeyOf(world: World): Result<string | undefined, CommandFailure> {
  const key = world.env['WICK_API_KEY']?.trim();
  if (key === undefined || key === '') return ok(undefined);
  return /^[!-~]+$/.test(key) ? ok(key) : err(failed('WICK_API_KEY is no key: it has spaces or special characters'));
}

/** The base URL of the server named, of the one these settings describe when none is. */
export function serverAddress(world: World, options: ServerOptions): Result<string, CommandFailure> {
  let baseUrl = namedServer(world, options);
  if (baseUrl === undefined) {
    const config = readConfig(world);
    if (!config.ok) return config;
    const { host, port } = config.value;
    baseUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  }
  const source = options.server === undefined ? 'WICK_SERVER' : '--server';
  if (!/^https?:\/\/[^/]/.test(baseUrl) || !URL.canParse(baseUrl))
    return err(wrongUsage(`${source} ${baseUrl}: expected a base URL, such as http://127.0.0.1:8080`));
  const { username, password } = new URL(baseUrl);
  if (username !== '' || password !== '')
    return err(wrongUsage(`${source}: an address without name and password; the key comes by WICK_API_KEY`));
  return ok(baseUrl);
}

/** Runs `work` with a client of the server named, of the one these settings describe when none is. */
export async function withServer(
  world: World,
  options: ServerOptions,
  work: (wick: WickSdk) => Promise<CommandResult>,
): Promise<CommandResult> {
  const address = serverAddress(world, options);
  if (!address.ok) return address;
  const key = apiKeyOf(world);
  if (!key.ok) return key;
  const wick = createWickSdk({ baseUrl: address.value, fetch: fetchOf(world), token: () => key.value });
  try {
    const result = await work(wick);
    return result.ok ? result : err(atServer(result.error, key.value));
  } finally {
    wick.close();
  }
}

const NO_ANSWER = 'the server gives no answer: ';
const STOPPED = 'stopped';

/** `fetch` that Ctrl-C ends, and whose failures say what stood in the way: by itself it says "fetch failed". */
export const fetchOf =
  (world: World): typeof fetch =>
  (input, init) => {
    const signals = [world.signal, ...(init?.signal ? [init.signal] : [])];
    return fetch(input, { ...init, signal: AbortSignal.any(signals) }).catch((error: unknown) => {
      throw world.signal.aborted ? new Error(STOPPED) : reasonOf(error);
    });
  };

function reasonOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return error;
  // Of a host with several addresses the code alone is told.
  return new Error(cause.message || ('code' in cause ? String(cause.code) : 'no connection'), { cause });
}

/** A failure in words that help whoever sits at the command line. */
function atServer(failure: CommandFailure, key: string | undefined): CommandFailure {
  if (failure.message === NO_ANSWER + STOPPED) return { ...failure, message: STOPPED };
  if (failure.details?.['code'] !== 'unauthenticated') return failure;
  const hint = key === undefined ? 'WICK_API_KEY is not set' : 'WICK_API_KEY was sent';
  return { ...failure, message: `${failure.message} (${hint})` };
}

/** The value of a call, or why there is none, every field at fault named. */
export async function asked<T>(answer: Promise<Result<T, ClientFailure>>): Promise<Result<T, CommandFailure>> {
  const result = await answer;
  if (result.ok) return result;
  const { error } = result;
  if (error.kind === 'transport') return err(failed(NO_ANSWER + error.message));
  if (error.kind === 'unexpected-reply')
    return err(failed(`the server does not answer as Wickworks does: ${error.message}`));
  const { code, issues = [] } = error.problem;
  const lines = issues.length > 1 ? issues.map(({ path, message }) => `\n  ${path}: ${message}`) : [];
  return err(failed(describeFailure(error) + lines.join(''), { code, issues }));
}
