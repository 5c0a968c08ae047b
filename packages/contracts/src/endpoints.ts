import type { Endpoint } from './endpoint.js';
import * as apiKeys from './endpoints/api-keys.js';
import * as audit from './endpoints/audit.js';
import * as auth from './endpoints/auth.js';
import * as backtests from './endpoints/backtests.js';
import * as credentials from './endpoints/credentials.js';
import * as datasets from './endpoints/datasets.js';
import * as docs from './endpoints/docs.js';
import * as exchanges from './endpoints/exchanges.js';
import * as health from './endpoints/health.js';
import * as indicators from './endpoints/indicators.js';
import * as jobs from './endpoints/jobs.js';
import * as secondFactors from './endpoints/second-factors.js';
import * as settings from './endpoints/settings.js';
import * as strategies from './endpoints/strategies.js';
import * as users from './endpoints/users.js';

/** Endpoints by resource: what a router of the server plugs in, and the SDK calls. */
export const API = {
  health,
  exchanges,
  indicators,
  datasets,
  jobs,
  strategies,
  backtests,
  auth,
  secondFactors,
  apiKeys,
  users,
  credentials,
  audit,
  settings,
  docs,
} as const;

/** Every endpoint there is; a test holds the server's routes against it, both ways. */
export const ENDPOINTS: readonly Endpoint[] = Object.values(API).flatMap((resource) =>
  Object.values<Endpoint>(resource),
);
