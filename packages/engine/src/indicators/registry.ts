import { err, type Result } from '@wickworks/core';
import type { IndicatorDefinition } from './define.js';
import { definitions } from './index.generated.js';
import { parseParamValues, type ParamIssue, type ParamValues } from './params.js';

/** Every indicator by id, in alphabetical order. */
export const indicators: ReadonlyMap<string, IndicatorDefinition> = new Map(
  definitions.map((definition) => [definition.id, definition]),
);

const byTalibName: ReadonlyMap<string, IndicatorDefinition> = new Map(
  definitions.flatMap((definition) => (definition.talib ? [[definition.talib.name, definition]] : [])),
);

const TALIB_PREFIX = 'talib:';

/** True when `id` is TA-Lib's spelling of an indicator, such as `talib:BBANDS`. */
export const isTalibName = (id: string): boolean => id.toLowerCase().startsWith(TALIB_PREFIX);

/** The indicator called `id` (`bbands`) or, in TA-Lib's spelling, `talib:BBANDS`; undefined when unknown. */
export function findIndicator(id: string): IndicatorDefinition | undefined {
  if (isTalibName(id)) return byTalibName.get(id.slice(TALIB_PREFIX.length).toUpperCase());
  return indicators.get(id);
}

/** Parameter values of `definition` from outside input, or one issue per wrong field. */
export const parseParams = (
  definition: IndicatorDefinition,
  raw: Readonly<Record<string, unknown>> = {},
): Result<ParamValues, readonly ParamIssue[]> => parseParamValues(definition.params, raw);

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');

/**
 * Parameter values from TA-Lib's names (without `optIn`; case and underscores ignored) and its numbers for kinds
 * of moving average. Issues name the field as the caller spelt it; TA-Lib's own defaults apply.
 */
export function parseTalibParams(
  definition: IndicatorDefinition,
  raw: Readonly<Record<string, unknown>> = {},
): Result<ParamValues, readonly ParamIssue[]> {
  const alias = definition.talib;
  const ours = new Map(Object.entries(alias?.params ?? {}).map(([theirs, name]) => [plain(theirs), name]));
  const spelling = new Map<string, string>();
  const unknown: ParamIssue[] = [];
  const renamed: Record<string, unknown> = { ...alias?.defaults };
  for (const [field, value] of Object.entries(raw)) {
    const name = ours.get(plain(field)) ?? (definition.params[field]?.kind === 'source' ? field : undefined);
    const spec = name === undefined ? undefined : definition.params[name];
    if (name === undefined || !spec) {
      const known = Object.keys(alias?.params ?? {}).join(', ');
      unknown.push({ field, message: known === '' ? 'takes no parameters' : `unknown parameter; known: ${known}` });
      continue;
    }
    spelling.set(name, field);
    renamed[name] = spec.kind === 'choice' ? (spec.options[Number(value)] ?? value) : value;
  }
  const parsed = parseParamValues(definition.params, renamed);
  if (parsed.ok) return unknown.length > 0 ? err(unknown) : parsed;
  return err([
    ...unknown,
    ...parsed.error.map((issue) => ({ ...issue, field: spelling.get(issue.field) ?? issue.field })),
  ]);
}
