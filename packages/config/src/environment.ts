import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The environment with what `.env` in `cwd` adds to it; a variable of the real environment is never replaced. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd: string = process.cwd(),
): Readonly<Record<string, string | undefined>> {
  return { ...readEnvFile(join(cwd, '.env')), ...env };
}

/** Names of the variables that {@link readEnvironment} takes from `.env`. */
export const variablesOfFile = (
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd: string = process.cwd(),
): ReadonlySet<string> =>
  new Set(Object.keys(readEnvFile(join(cwd, '.env'))).filter((name) => env[name] === undefined));

function readEnvFile(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}
