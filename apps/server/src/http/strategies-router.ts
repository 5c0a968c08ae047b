import { AnyStrategyDocument, API, strategyJsonSchema } from '@wickworks/contracts';
import { includesRole } from '@wickworks/core';
import type { Principal } from '../auth/principal.js';
import type { DocumentCheck } from '../app/document-check.js';
import type { Proofs } from '../app/proofs.js';
import { listStrategyExamples, unknownStrategy, type Strategies } from '../app/strategies.js';
import type { StrategySignals } from '../app/strategy-signals.js';
import { refuse } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { pageOf, unknownCursor } from './paging.js';
import { granted, RefusedError } from './problems.js';

const routes = API.strategies;
const SIGNAL_CURSOR = /^\d{1,15}$/;

/** Strategies: saved, checked, followed for their signals. */
export function strategyRoutes(
  api: ApiRouter,
  {
    strategies,
    documents,
    proofs,
    signals,
  }: { strategies: Strategies; documents: DocumentCheck; proofs: Proofs; signals: StrategySignals },
): void {
  api.route(routes.getStrategySchema, () => strategyJsonSchema());
  api.route(routes.getExamples, async ({ query }) => pageOf(await listStrategyExamples(), query, ({ id }) => id));
  const validate = (document: unknown, { role }: Principal): ReturnType<DocumentCheck['validate']> => {
    // Looking at code runs it, in its jail: for those who may run strategies.
    const isCode = AnyStrategyDocument.safeParse(document).data?.kind === 'code';
    if (isCode && (role === null || !includesRole(role, 'trader')))
      throw new RefusedError(refuse('forbidden', 'strategies in code need the role trader'));
    return documents.validate(document);
  };
  api.route(routes.validateDocument, ({ body, principal }) => validate(body.document, principal));
  api.route(routes.getStrategies, async ({ principal, query }) =>
    pageOf(await strategies.list(principal.userId), query, ({ id }) => id),
  );
  api.route(routes.createStrategy, async ({ principal, body, http }) => {
    const view = granted(await strategies.create(principal.userId, body.document));
    http.location(`/api/v1/strategies/${view.id}`);
    http.version(view.version);
    return view;
  });
  api.route(routes.getStrategy, async ({ principal, params, http }) => {
    const view = granted(await strategies.find({ id: params.id, ownerId: principal.userId }));
    http.version(view.version);
    return view;
  });
  api.route(routes.replaceStrategy, async ({ principal, params, body, http }) => {
    const key = { id: params.id, ownerId: principal.userId };
    const { version } = granted(await strategies.find(key));
    http.demandVersion(version);
    const view = granted(await strategies.replace(key, { version, document: body.document }));
    http.version(view.version);
    return view;
  });
  api.route(routes.deleteStrategy, async ({ principal, params, http }) => {
    const key = { id: params.id, ownerId: principal.userId };
    const { version } = granted(await strategies.find(key));
    http.demandVersion(version);
    granted(await strategies.delete(key, version));
    await signals.stop(params.id);
  });
  api.route(routes.getVersions, async ({ principal, params, query }) =>
    pageOf(granted(await strategies.versions({ id: params.id, ownerId: principal.userId })), query, ({ version }) =>
      String(version),
    ),
  );
  api.route(routes.getProof, async ({ principal, params, query }) =>
    granted(await proofs.find({ id: params.id, ownerId: principal.userId }, query.version)),
  );
  api.route(routes.startProof, async ({ principal, params, query, http }) => {
    const job = granted(await proofs.start({ id: params.id, ownerId: principal.userId }, query.version));
    http.location(`/api/v1/jobs/${job.id}`);
    return { job };
  });
  api.route(routes.validateStrategy, async ({ principal, params, body }) => {
    const { document } = granted(await strategies.find({ id: params.id, ownerId: principal.userId }));
    return body.document === undefined ? documents.validate(document) : validate(body.document, principal);
  });
  api.route(routes.startStrategy, async ({ principal, params, body }) => {
    const key = { id: params.id, ownerId: principal.userId };
    const { document } = granted(await strategies.find(key));
    granted(await signals.start(params.id, document, body));
    return granted(await strategies.find(key));
  });
  api.route(routes.stopStrategy, async ({ principal, params }) => {
    const key = { id: params.id, ownerId: principal.userId };
    granted(await strategies.find(key));
    await signals.stop(params.id);
    return granted(await strategies.find(key));
  });
  api.route(routes.getSignals, async ({ principal, params, query }) => {
    if (!(await strategies.find({ id: params.id, ownerId: principal.userId })).ok)
      throw new RefusedError(unknownStrategy(params.id));
    if (query.cursor !== undefined && !SIGNAL_CURSOR.test(query.cursor)) throw unknownCursor();
    return signals.page(params.id, query);
  });
}
