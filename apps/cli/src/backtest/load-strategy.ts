import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AnyStrategyDocument, isRules, issuesOf } from '@wickworks/contracts';
import { err, ok, type Result, type Timeframe } from '@wickworks/core';
import { compileStrategy, listExamples, type StrategyDefinition } from '@wickworks/engine';
import type { World } from '../context.js';
import { failed, wrongUsage, type CommandFailure } from '../failure.js';

/** A strategy ready to run and the document it came from. */
export interface LoadedStrategy {
  readonly document: AnyStrategyDocument;
  readonly definition: StrategyDefinition;
}

const CODE_FILE = /\.[mc]?[jt]s$/;
/** Candles of a strategy in code when nobody names others. */
const CODE_TIMEFRAME: Timeframe = '1h';

/**
 * The strategy called `name`: a JSON file, a file of code, or a built-in example by its id; moved to another timeframe
 * when one is given.
 */
export async function loadStrategy(
  world: World,
  name: string,
  timeframe?: Timeframe,
): Promise<Result<LoadedStrategy, CommandFailure>> {
  const moved = (json: unknown): unknown =>
    timeframe !== undefined && typeof json === 'object' && json !== null ? { ...json, timeframe } : json;
  const example = listExamples().find(({ id }) => id === name);
  if (example) return compile(moved(example.document), `example ${name}`);
  let text: string;
  try {
    text = await readFile(resolve(world.cwd, name), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code !== 'ENOENT') return err(failed(`${name} cannot be read: ${error.message}`));
    const known = listExamples().map(({ id }) => id);
    return err(wrongUsage(`${name} is neither a file nor a built-in example; examples: ${known.join(', ')}`));
  }
  if (CODE_FILE.test(name)) {
    const title = basename(name).replace(CODE_FILE, '');
    const document = { kind: 'code', schema: 1, name: title, timeframe: timeframe ?? CODE_TIMEFRAME, source: text };
    return compile(document, name);
  }
  const json = parseJson(text);
  if (json === undefined) return err(failed(`${name} is not JSON`));
  return compile(moved(json), name);
}

/** Checks and compiles a document, code into its jail; every fault names its field, or its line and column. */
export async function compile(json: unknown, name: string): Promise<Result<LoadedStrategy, CommandFailure>> {
  const parsed = AnyStrategyDocument.safeParse(json);
  if (!parsed.success) return err(faulty(name, issuesOf(parsed.error)));
  const document = parsed.data;
  if (isRules(document)) {
    const compiled = compileStrategy(document);
    return compiled.ok ? ok({ document, definition: compiled.value }) : err(faulty(name, compiled.error));
  }
  const { loadStrategy: jail } = await import('@wickworks/jail');
  const loaded = await jail(document.source);
  if (loaded.ok) return ok({ document, definition: loaded.value.definition });
  const places = loaded.error.issues.map(({ message, line, column }) => ({
    path: line === null ? 'source' : `source:${String(line)}${column === null ? '' : `:${String(column)}`}`,
    message,
  }));
  return err(faulty(name, places));
}

/** The value of JSON text, or `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const faulty = (name: string, issues: readonly { path: string; message: string }[]): CommandFailure =>
  failed(`${name} is no strategy:\n${issues.map(({ path, message }) => `  ${path}: ${message}`).join('\n')}`, {
    issues,
  });
