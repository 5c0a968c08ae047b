import { describeFailure } from '@wickworks/client';
import {
  JobAccepted,
  listOf,
  SignalView,
  StrategyValidation,
  StrategyProofView,
  StrategyVersionView,
  StrategyView,
  type AnyStrategyDocument,
  type StrategyStart,
} from '@wickworks/contracts';
import * as z from 'zod';
import { ask as askApi } from './auth-rest.js';
import { RestError } from './rest-error.js';

const Strategies = listOf(StrategyView);
const Versions = listOf(StrategyVersionView);
const Signals = listOf(SignalView);

const ask: typeof askApi = (path, ...more) => askApi(`/strategies${path}`, ...more);

const at = (id: string): string => `/${encodeURIComponent(id)}`;
const LIST_LIMIT = 500;

export const strategyServer = {
  list: async () => (await ask(`?limit=${String(LIST_LIMIT)}`, Strategies)).items,
  create: (document: AnyStrategyDocument) => ask('', StrategyView, { method: 'POST', body: { document } }),
  save: (id: string, version: number, document: AnyStrategyDocument) =>
    ask(at(id), StrategyView, { method: 'PUT', version, body: { document } }),
  /** What the server finds wrong with a document; the only one to look at code. */
  check: (document: AnyStrategyDocument) =>
    ask('/validate', StrategyValidation, { method: 'POST', body: { document } }),
  read: (id: string) => ask(at(id), StrategyView),
  remove: (id: string, version: number) => ask(at(id), z.unknown(), { method: 'DELETE', version }),
  versions: async (id: string) => (await ask(`${at(id)}/versions?limit=100`, Versions)).items,
  start: (id: string, body: StrategyStart) => ask(`${at(id)}/start`, z.unknown(), { method: 'POST', body }),
  stop: (id: string) => ask(`${at(id)}/stop`, z.unknown(), { method: 'POST', body: {} }),
  proof: (id: string, version: number) => ask(`${at(id)}/proof?version=${String(version)}`, StrategyProofView),
  prove: (id: string, version: number) =>
    ask(`${at(id)}/proof?version=${String(version)}`, JobAccepted, { method: 'POST' }),
  signals: async (id: string) => (await ask(`${at(id)}/signals?limit=100`, Signals)).items,
} as const;

/** True when somebody else saved in between (412). */
export const isConflict = (error: unknown): boolean =>
  error instanceof RestError && error.failure.kind === 'problem' && error.failure.problem.status === 412;

/** A failure in words. */
export const describeError = (error: unknown): string =>
  error instanceof RestError ? describeFailure(error.failure) : error instanceof Error ? error.message : String(error);
