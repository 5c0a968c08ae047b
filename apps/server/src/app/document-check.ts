import { createHash } from 'node:crypto';
import {
  AnyStrategyDocument,
  isRules,
  issuesOf,
  type CodeStrategyDocument,
  type StrategyDocument,
  type StrategyIssue,
  type StrategyValidation,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { BacktestPool } from '../jobs/backtest-pool.js';
import type { Declaration } from '../jobs/backtest-task.js';

/** Sources looked at side by side, and how long each may take. */
const THREADS = 2;
const TIME_MAX_MS = 10_000;
const KEPT = 64;

type Checked = Result<Declaration, readonly StrategyIssue[]>;

/** What is wrong with strategy documents, and what sound ones declare. Code is only ever looked at in a thread. */
export class DocumentCheck {
  readonly #pool: BacktestPool;
  /** Of sources looked at before, newest last. */
  readonly #known = new Map<string, Promise<Checked>>();

  constructor(workerUrl: URL) {
    this.#pool = new BacktestPool(workerUrl, THREADS);
  }

  /** What is wrong with anything that wants to be a strategy document. */
  async validate(document: unknown): Promise<StrategyValidation> {
    const parsed = AnyStrategyDocument.safeParse(document);
    if (!parsed.success) return { valid: false, issues: issuesOf(parsed.error) };
    const issues = await this.issues(parsed.data);
    return { valid: issues.length === 0, issues: [...issues] };
  }

  /** What is wrong with a document of the right shape. */
  async issues(document: AnyStrategyDocument): Promise<readonly StrategyIssue[]> {
    const checked = await this.declaration(document);
    return checked.ok ? [] : checked.error;
  }

  /** What a sound document declares. */
  declaration(document: AnyStrategyDocument): Promise<Checked> {
    return isRules(document) ? declarationOf(document) : this.#ofCode(document);
  }

  #ofCode(document: CodeStrategyDocument): Promise<Checked> {
    const key = createHash('sha256').update(document.source).digest('base64');
    const known = this.#known.get(key);
    if (known) return known;
    const checked = this.#look(document);
    this.#known.set(key, checked);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return checked;
  }

  async #look(document: CodeStrategyDocument): Promise<Checked> {
    const { signal } = new AbortController();
    const quiet = { signal, started: () => undefined, progress: () => undefined };
    const outcome = await this.#pool.run({ kind: 'check', document }, { ...quiet, timeMaxMs: TIME_MAX_MS });
    if (outcome.kind === 'checked') return ok(outcome.declaration);
    if (outcome.kind === 'unsound') return err(outcome.issues);
    return err([{ path: 'source', message: outcome.kind === 'failed' ? outcome.reason : 'it could not be looked at' }]);
  }
}

/** Rules are data: the engine looks at them where they are. */
async function declarationOf(document: StrategyDocument): Promise<Checked> {
  const { checkStrategy, compileStrategy, parseParamValues } = await import('@wickworks/engine');
  const issues = checkStrategy(document);
  if (issues.length > 0) return err([...issues]);
  const compiled = compileStrategy(document);
  if (!compiled.ok) return err([...compiled.error]);
  const { params, needs = [] } = compiled.value;
  const values = parseParamValues(params, {});
  if (values.ok) return ok({ params, needs, warmup: compiled.value.warmup(values.value) });
  return err(values.error.map(({ field, message }) => ({ path: `params.${field}`, message })));
}
