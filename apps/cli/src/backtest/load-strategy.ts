import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StrategyDocument } from '@wickworks/contracts';
import { err, ok, type Result, type Timeframe } from '@wickworks/core';
import { compileStrategy, listExamples, type StrategyDefinition } from '@wickworks/engine';
import type { World } from '../context.js';
import { failed, wrongUsage, type CommandFailure } from '../failure.js';

/** A strategy ready to run and the document it came from. */
export interface LoadedStrategy {
  readonly document: StrategyDocument;
  readonly definition: StrategyDefinition;
}

/**
 * The strategy called `name`: a JSON file, or a built-in example by its id; moved to another timeframe when one is
 * given.
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
  const json = parseJson(text);
  if (json === undefined) return err(failed(`${name} is not JSON`));
  return compile(moved(json), name);
}

/** Checks and compiles a document; every fault names its field. */
export function compile(json: unknown, name: string): Result<LoadedStrategy, CommandFailure> {
  const parsed = StrategyDocument.safeParse(json);
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  if (!parsed.success) return err(faulty(name, issues));
  const compiled = compileStrategy(parsed.data);
  return compiled.ok ? ok({ document: parsed.data, definition: compiled.value }) : err(faulty(name, compiled.error));
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
