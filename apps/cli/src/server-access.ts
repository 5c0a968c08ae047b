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

/** The key of requests to a server; `undefined`: they go without one. */
export const apiKeyOf = (world: World): string | undefined => world.env['WICK_API_KEY'] || undefined;

/** The base URL of the server named, of the one these settings describe when none is. */
export function serverAddress(world: World, options: ServerOptions): Result<string, CommandFailure> {
  let baseUrl = namedServer(world, options);
  if (baseUrl === undefined) {
    const config = readConfig(world);
    if (!config.ok) return config;
    const { host, port } = config.value;
    baseUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  }
  if (!/^https?:\/\/[^/]/.test(baseUrl) || !URL.canParse(baseUrl))
    return err(wrongUsage(`--server ${baseUrl}: expected a base URL, such as http://127.0.0.1:8080`));
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
  const wick = createWickSdk({ baseUrl: address.value, ...(key !== undefined && { token: key }) });
  try {
    return await work(wick);
  } finally {
    wick.close();
  }
}

/** The value of a call, or why there is none, every field at fault named. */
export async function asked<T>(answer: Promise<Result<T, ClientFailure>>): Promise<Result<T, CommandFailure>> {
  const result = await answer;
  if (result.ok) return result;
  const { error } = result;
  if (error.kind !== 'problem') return err(failed(`the server gives no answer: ${error.message}`));
  const { code, issues = [] } = error.problem;
  const lines = issues.length > 1 ? issues.map(({ path, message }) => `\n  ${path}: ${message}`) : [];
  return err(failed(describeFailure(error) + lines.join(''), { code, issues }));
}
