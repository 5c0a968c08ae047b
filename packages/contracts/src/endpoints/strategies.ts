import * as z from 'zod';
import { JobAccepted } from '../datasets.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';
import {
  SignalView,
  StrategyExample,
  StrategyInput,
  StrategyProofView,
  StrategyStart,
  StrategyValidation,
  StrategyVersionView,
  StrategyView,
} from '../strategies.js';

const tag = 'Strategies';
const path = '/api/v1/strategies';
const reads = { tag, method: 'GET', role: 'viewer', scope: 'strategies:read' } as const;
const writes = { tag, role: 'trader', scope: 'strategies:write' } as const;

export const getStrategies = endpoint({
  ...reads,
  path,
  summary: 'Your strategies, newest first',
  query: Paging,
  reply: listOf(StrategyView),
});

export const createStrategy = endpoint({
  ...writes,
  method: 'POST',
  path,
  summary: 'Save a new strategy',
  description: 'The document is checked; every fault names its field and nothing is saved.',
  body: StrategyInput,
  reply: StrategyView,
  status: 201,
});

export const getExamples = endpoint({
  ...reads,
  path: `${path}/examples`,
  role: 'market-data',
  summary: 'Strategies that come along, to start from',
  query: Paging,
  reply: listOf(StrategyExample),
});

export const validateDocument = endpoint({
  ...writes,
  scope: 'strategies:read',
  role: 'viewer',
  method: 'POST',
  path: `${path}/validate`,
  summary: 'Check a document without saving it',
  isIdempotent: false,
  body: z.strictObject({ document: z.unknown() }),
  reply: StrategyValidation,
});

export const getStrategy = endpoint({
  ...reads,
  path: `${path}/:id`,
  summary: 'One strategy',
  params: IdParams,
  reply: StrategyView,
  errors: ['unknown-strategy'],
});

export const replaceStrategy = endpoint({
  ...writes,
  method: 'PUT',
  path: `${path}/:id`,
  summary: 'Save the next version of a strategy',
  params: IdParams,
  body: StrategyInput,
  reply: StrategyView,
  isVersioned: true,
  errors: ['unknown-strategy', 'precondition-failed', 'precondition-required'],
});

export const deleteStrategy = endpoint({
  ...writes,
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'Delete a strategy with its versions and signals',
  params: IdParams,
  isVersioned: true,
  errors: ['unknown-strategy', 'precondition-failed', 'precondition-required'],
});

export const getVersions = endpoint({
  ...reads,
  path: `${path}/:id/versions`,
  summary: 'Every version ever saved, newest first',
  params: IdParams,
  query: Paging,
  reply: listOf(StrategyVersionView),
  errors: ['unknown-strategy'],
});

const ProofQuery = z.strictObject({
  /** Left out: the newest. */
  version: z.coerce.number().int().positive().optional(),
});

export const getProof = endpoint({
  ...reads,
  path: `${path}/:id/proof`,
  summary: 'Whether a version looks ahead or warms up too briefly',
  description:
    'Every saved version is proved over stored candles, in the background; its job tells the news on `/ws/events`.',
  params: IdParams,
  query: ProofQuery,
  reply: StrategyProofView,
  errors: ['unknown-strategy'],
});

export const startProof = endpoint({
  ...writes,
  method: 'POST',
  path: `${path}/:id/proof`,
  rate: 'heavy',
  summary: 'Prove a version again, over the candles that are stored now',
  params: IdParams,
  query: ProofQuery,
  reply: JobAccepted,
  status: 202,
  errors: ['unknown-strategy'],
});

export const validateStrategy = endpoint({
  ...reads,
  method: 'POST',
  path: `${path}/:id/validate`,
  summary: 'Check a saved strategy, or a document that is to become its next version',
  isIdempotent: false,
  params: IdParams,
  body: z.strictObject({ document: z.unknown().optional() }).default({}),
  reply: StrategyValidation,
  errors: ['unknown-strategy'],
});

export const startStrategy = endpoint({
  ...writes,
  method: 'POST',
  path: `${path}/:id/start`,
  summary: 'Follow markets and tell the signals',
  params: IdParams,
  body: StrategyStart,
  reply: StrategyView,
  errors: ['unknown-strategy', 'unknown-exchange', 'unknown-symbol', 'unknown-timeframe', 'exchange-unavailable'],
});

export const stopStrategy = endpoint({
  ...writes,
  method: 'POST',
  path: `${path}/:id/stop`,
  summary: 'Stop following',
  params: IdParams,
  reply: StrategyView,
  errors: ['unknown-strategy'],
});

export const getSignals = endpoint({
  ...reads,
  path: `${path}/:id/signals`,
  summary: 'Signals, newest first',
  params: IdParams,
  query: Paging,
  reply: listOf(SignalView),
  errors: ['unknown-strategy'],
});

export const getStrategySchema = endpoint({
  tag,
  method: 'GET',
  role: 'public',
  scope: null,
  path: '/api/v1/schemas/strategy.json',
  summary: 'JSON Schema (2020-12) of strategy documents',
  reply: z.record(z.string(), z.unknown()),
});
