import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyBook, KeyRights } from '../../keys/key-book.js';
import { ApiError, missingParameter } from '../errors.js';
import { errorReply, jsonReply, type Reply } from '../http-api.js';
import { Parameters } from '../parameters.js';
import type { WeightLimit } from '../weight-limit.js';

const WINDOW_MS = 5_000;
const WINDOW_MS_MAX = 60_000;
/** A clock may be ahead by this much. */
const AHEAD_MS = 1_000;

/** One signed call: who may make it, and what it answers. */
interface SignedRoute {
  readonly weight: number;
  readonly answer: (key: { rights: KeyRights; createdMs: number }) => unknown;
}

const ROUTES: ReadonlyMap<string, SignedRoute> = new Map([
  [
    '/sapi/v1/account/apiRestrictions',
    {
      weight: 1,
      answer: ({ rights, createdMs }) => ({
        ipRestrict: rights.ipRestricted,
        createTime: createdMs,
        enableReading: rights.reading,
        enableSpotAndMarginTrading: rights.trading,
        enableWithdrawals: rights.withdrawals,
        enableInternalTransfer: false,
        enableMargin: false,
        enableFutures: false,
        permitsUniversalTransfer: false,
        enableVanillaOptions: false,
        enableFixApiTrade: false,
        enableFixReadOnly: false,
        enablePortfolioMarginTrading: false,
      }),
    },
  ],
]);

/** A signed request, as far as it is looked at. */
interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly client: string;
  /** `X-MBX-APIKEY`. */
  readonly apiKey: string | undefined;
}

/** True for addresses that want a signature. */
export const isSigned = (url: URL): boolean => url.pathname.startsWith('/sapi/');

/**
 * What the signed REST API answers. Signatures are checked over the raw query and, as clients stamp requests with their
 * own clock, against wall time whatever time is replayed.
 */
export function answerSigned(
  { method, url, client, apiKey }: SignedRequest,
  { keys, weights, wallNowMs }: { keys: KeyBook; weights: WeightLimit; wallNowMs: () => number },
): Reply {
  const route = ROUTES.get(url.pathname);
  if (route === undefined) return errorReply(new ApiError(404, -1, `This venue has no ${url.pathname}.`), {});
  if (method !== 'GET') return errorReply(new ApiError(405, -1, `${url.pathname} answers GET only.`), { allow: 'GET' });
  const used = weights.use(client, route.weight);
  const headers = { 'x-sapi-used-ip-weight-1m': String(used) };
  try {
    const refusal = weights.refusal(used);
    if (refusal) throw refusal;
    return jsonReply(200, route.answer(signer(url, apiKey, keys, wallNowMs())), headers);
  } catch (error) {
    if (error instanceof ApiError) return errorReply(error, headers);
    throw error;
  }
}

/** The key that signed the request; throws what Binance answers to one that did not. */
function signer(url: URL, apiKey: string | undefined, keys: KeyBook, nowMs: number) {
  if (apiKey === undefined || apiKey === '') throw new ApiError(401, -2014, 'API-key format invalid.');
  const key = keys.read(apiKey);
  if (key === null) throw new ApiError(401, -2015, 'Invalid API-key, IP, or permissions for action.');
  const parameters = Parameters.fromQuery(url.searchParams);
  const timestamp = parameters.whole('timestamp');
  const given = parameters.text('signature');
  if (timestamp === undefined) throw missingParameter('timestamp');
  if (given === undefined) throw missingParameter('signature');
  const windowMs = Math.min(parameters.whole('recvWindow') ?? WINDOW_MS, WINDOW_MS_MAX);
  parameters.finish();
  if (timestamp >= nowMs + AHEAD_MS || nowMs - timestamp > windowMs)
    throw new ApiError(400, -1021, 'Timestamp for this request is outside of the recvWindow.');
  const payload = url.search.slice(1).replace(/&?signature=[^&]*/, '');
  const expected = createHmac('sha256', keys.secretOf(apiKey)).update(payload).digest();
  const found = Buffer.from(given, 'hex');
  if (found.length !== expected.length || !timingSafeEqual(found, expected))
    throw new ApiError(400, -1022, 'Signature for this request is not valid.');
  return key;
}
