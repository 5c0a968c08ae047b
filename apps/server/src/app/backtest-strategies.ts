import {
  AnyStrategyDocument,
  issuesOf,
  type BacktestRequest,
  type BacktestStrategy,
  type ProblemIssue,
  type StrategyRef,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { ParamValues } from '@wickworks/engine';
import type { Declaration } from '../jobs/backtest-task.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { DocumentCheck } from './document-check.js';
import { listStrategyExamples, unsound, type Strategies } from './strategies.js';

/** A strategy of a backtest, ready to run. */
export interface CheckedStrategy {
  /** As the request names it; left to the engine where it does not. */
  readonly id?: string | undefined;
  readonly document: AnyStrategyDocument;
  readonly params: ParamValues;
  readonly symbols: readonly string[];
  readonly allocation: number | null;
}

interface Sources {
  readonly strategies: Strategies;
  readonly check: DocumentCheck;
}

/** The strategies a request asks for, checked as far as that goes without candles; refusals name the field. */
export async function checkStrategies(
  sources: Sources,
  ownerId: string,
  request: BacktestRequest,
): Promise<Result<readonly CheckedStrategy[], Refusal>> {
  const symbols = request.markets.map(({ symbol }) => symbol);
  const checked: CheckedStrategy[] = [];
  const needs: Declaration['needs'][] = [];
  for (const { path, one } of askedOf(request)) {
    const declared = await checkOne(sources, ownerId, { path, one });
    if (!declared.ok) return declared;
    const { document, params } = declared.value;
    const { id, symbols: own = symbols, allocation = null } = one;
    checked.push({ id, document, params, symbols: own, allocation });
    needs.push(declared.value.needs);
  }
  const { faultOfSharedWish, faultOfWish, issuesOfFault } = await import('@wickworks/engine');
  const { config, detailTimeframe = null } = request;
  const wishes = checked.map((one, at) => ({ ...one, timeframe: one.document.timeframe, needs: needs[at]! }));
  const wish = { symbols, detailTimeframe, config };
  const fault =
    request.strategies === undefined
      ? faultOfWish({ ...wishes[0]!, ...wish })
      : faultOfSharedWish({ ...wish, strategies: wishes });
  return fault ? err(invalidAt(issuesOfFault(fault))) : ok(checked);
}

/** Each strategy of a request with the path of its fields: those of a single one are the request's own. */
function askedOf(request: BacktestRequest): readonly { readonly path: string; readonly one: BacktestStrategy }[] {
  const { strategy, params, timeframe, strategies } = request;
  if (strategies) return strategies.map((one, at) => ({ path: `strategies.${at}.`, one }));
  return strategy ? [{ path: '', one: { strategy, params, ...(timeframe && { timeframe }) } }] : [];
}

async function checkOne(
  sources: Sources,
  ownerId: string,
  { path, one }: { path: string; one: BacktestStrategy },
): Promise<Result<{ document: AnyStrategyDocument; params: ParamValues; needs: Declaration['needs'] }, Refusal>> {
  const at = `${path}strategy`;
  const found = await documentOf(sources, ownerId, one.strategy, at);
  if (!found.ok) return found;
  const document = one.timeframe === undefined ? found.value : { ...found.value, timeframe: one.timeframe };
  const declared = await sources.check.declaration(document);
  if (!declared.ok) return err(unsound(declared.error, `${at}.document`));
  const { parseParamValues } = await import('@wickworks/engine');
  const params = parseParamValues(declared.value.params, one.params);
  if (params.ok) return ok({ document, params: params.value, needs: declared.value.needs });
  return err(invalidAt(params.error.map(({ field, message }) => ({ path: `${path}params.${field}`, message }))));
}

async function documentOf(
  { strategies }: Sources,
  ownerId: string,
  strategy: StrategyRef,
  path: string,
): Promise<Result<AnyStrategyDocument, Refusal>> {
  if ('document' in strategy) {
    const parsed = AnyStrategyDocument.safeParse(strategy.document);
    return parsed.success ? ok(parsed.data) : err(unsound(issuesOf(parsed.error), `${path}.document`));
  }
  if ('id' in strategy) {
    const found = await strategies.document({ id: strategy.id, ownerId }, strategy.version);
    return found.ok ? found : err(placed(found.error, path));
  }
  const examples = await listStrategyExamples();
  const example = examples.find(({ id }) => id === strategy.example);
  if (example) return ok(example.document);
  const known = examples.map(({ id }) => id).join(', ');
  const detail = `there is no example "${strategy.example}"; there are ${known}`;
  return err(placed(refuse('unknown-strategy', detail), path));
}

/** A refusal that names the field it is about. */
const placed = (refusal: Refusal, path: string): Refusal => ({
  ...refusal,
  issues: refusal.issues ?? [{ path, message: refusal.detail }],
});

/** A refusal of fields. */
export const invalidAt = (issues: readonly ProblemIssue[]): Refusal =>
  refuse('invalid-field', issues.map(({ path, message }) => `${path}: ${message}`).join('; '), issues);
