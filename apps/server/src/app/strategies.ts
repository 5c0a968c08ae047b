import { randomUUID } from 'node:crypto';
import {
  AnyStrategyDocument,
  StrategyDocument,
  type RunningMarket,
  type StrategyExample,
  type StrategyMarket,
  type StrategyVersionView,
  type StrategyView,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { StrategyRow, StrategyStores } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import type { DocumentCheck } from './document-check.js';
import { RunningStrategy } from '../wire/strategy.js';

/** Names one strategy and whose it must be. */
export interface StrategyKey {
  readonly id: string;
  readonly ownerId: string;
}

export interface StrategiesInput {
  readonly stores: StrategyStores;
  readonly check: DocumentCheck;
  /** Told of every version saved, and of strategies that are gone. */
  readonly proofs: {
    begin(
      owner: string,
      saved: { strategyId: string; version: number; document: AnyStrategyDocument },
    ): Promise<unknown>;
    forget(strategyId: string): void;
  };
  /** What is known of those that run. */
  readonly signals: { waitsFor(strategyId: string, market: StrategyMarket): RunningMarket['waitsFor'] };
  readonly nowMs: () => number;
}

/** Saved strategies: what may be saved, who sees it, which version is the newest. */
export class Strategies {
  readonly #stores: StrategyStores;
  readonly #check: DocumentCheck;
  readonly #proofs: StrategiesInput['proofs'];
  readonly #signals: StrategiesInput['signals'];
  readonly #nowMs: () => number;

  constructor({ stores, check, proofs, signals, nowMs }: StrategiesInput) {
    this.#stores = stores;
    this.#check = check;
    this.#proofs = proofs;
    this.#signals = signals;
    this.#nowMs = nowMs;
  }

  async list(ownerId: string): Promise<StrategyView[]> {
    return (await this.#stores.strategies.list(ownerId)).map((row) => this.#viewOf(row));
  }

  async find(key: StrategyKey): Promise<Result<StrategyView, Refusal>> {
    const row = await this.#stores.strategies.find(key);
    return row ? ok(this.#viewOf(row)) : err(unknownStrategy(key.id));
  }

  async create(ownerId: string, document: AnyStrategyDocument): Promise<Result<StrategyView, Refusal>> {
    const issues = await this.#check.issues(document);
    if (issues.length > 0) return err(unsound(issues));
    const row = { id: randomUUID(), ownerId, name: document.name, document };
    return ok(await this.#saved(ownerId, await this.#stores.strategies.add(row, this.#nowMs())));
  }

  /** Saves the next version; `changed` when somebody else was faster. */
  async replace(
    key: StrategyKey,
    change: { version: number; document: AnyStrategyDocument },
  ): Promise<Result<StrategyView, Refusal>> {
    const issues = await this.#check.issues(change.document);
    if (issues.length > 0) return err(unsound(issues));
    const { name } = change.document;
    const row = await this.#stores.strategies.replace(key, { ...change, name, nowMs: this.#nowMs() });
    return row ? ok(await this.#saved(key.ownerId, row)) : err(CHANGED);
  }

  /** Deletes what is at `version`; refused when somebody else was faster. */
  async delete(key: StrategyKey, version: number): Promise<Result<void, Refusal>> {
    if (!(await this.#stores.strategies.delete(key, version))) return err(CHANGED);
    this.#proofs.forget(key.id);
    return ok(undefined);
  }

  async #saved(ownerId: string, row: StrategyRow): Promise<StrategyView> {
    const view = this.#viewOf(row);
    await this.#proofs.begin(ownerId, { strategyId: view.id, version: view.version, document: view.document });
    return view;
  }

  #viewOf(row: StrategyRow): StrategyView {
    const { id, name, version, createdMs, updatedMs, fault } = row;
    const markets = row.running === null ? [] : RunningStrategy.parse(row.running).markets;
    const running = markets.map((market) => ({ ...market, waitsFor: this.#signals.waitsFor(id, market) }));
    const document = AnyStrategyDocument.parse(row.document);
    return { id, name, version, createdMs, updatedMs, fault, running, document };
  }

  async versions(key: StrategyKey): Promise<Result<StrategyVersionView[], Refusal>> {
    const found = await this.find(key);
    if (!found.ok) return found;
    const rows = await this.#stores.strategies.versions(key.id);
    return ok(
      rows.map(({ version, document, savedMs }) => ({
        version,
        savedMs,
        document: AnyStrategyDocument.parse(document),
      })),
    );
  }

  /** The document of a strategy, of one of its versions when that is named. */
  async document(key: StrategyKey, version?: number): Promise<Result<AnyStrategyDocument, Refusal>> {
    const versions = await this.versions(key);
    if (!versions.ok) return versions;
    const wanted =
      version === undefined ? versions.value[0] : versions.value.find((saved) => saved.version === version);
    return wanted ? ok(wanted.document) : err(unknownVersion(key.id, version ?? 0));
  }
}

/** The built-in examples; the engine is loaded when first asked. */
export async function listStrategyExamples(): Promise<StrategyExample[]> {
  const { listExamples } = await import('@wickworks/engine');
  return listExamples().map(({ id, document }) => ({ id, document: StrategyDocument.parse(document) }));
}

/** A document that cannot be used, each issue below `path`. */
export const unsound = (issues: readonly { path: string; message: string }[], path = 'document'): Refusal =>
  refuse(
    'invalid-field',
    issues.map((issue) => `${path}.${issue.path}: ${issue.message}`).join('; '),
    issues.map((issue) => ({ path: `${path}.${issue.path}`, message: issue.message })),
  );

const CHANGED = refuse('precondition-failed', 'it has changed since you read it; read it again');

export const unknownStrategy = (id: string): Refusal => refuse('unknown-strategy', `there is no strategy "${id}"`);

export const unknownVersion = (id: string, version: number): Refusal =>
  refuse('unknown-strategy', `strategy "${id}" has no version ${String(version)}`);
