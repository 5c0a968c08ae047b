/** What is sent to an endpoint, and what comes back. */
interface Example {
  readonly body?: unknown;
  readonly reply?: unknown;
}

const NOW = 1_795_257_004_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const STRATEGY = 'cdc4b5ff-6337-44b2-8b0a-9374a998afba';
const HASH = 'd015cfbdec93c0c51b93b7bcf0f779131d32f3b34e8701b9b298073ced9efe8c';
const PASSWORD = 'tidal-oboe-ferment-quill';
const CEREMONY = '6MxjG3L5aPvNfBpmY_DvEQ';

const page = (...items: readonly unknown[]) => ({ items, nextCursor: null });
const market = { exchange: 'local', symbol: 'BTC/USDT' };

const job = (kind: string, detail: string) => ({
  job: {
    ...{ id: '43de8478-c595-49d8-b168-389499bf29f0', kind, state: 'running', progressRatio: 0, detail },
    ...{ createdMs: NOW, updatedMs: NOW },
  },
});

const user = {
  ...{ id: '7edda748-349b-415d-851a-1d3436d203a1', username: 'ada', name: 'Ada', role: 'trader', hasPassword: true },
  ...{ hasTotp: false, isClerk: false, disabledMs: null, createdMs: NOW, version: 1 },
};
const signedIn = {
  ...{ user, expiresMs: NOW + 10 * MINUTE, csrfToken: '57mv325zV6hogoIxUqFJA3uQ8YnTpNMkGYd05x42fTk' },
  ...{
    accessToken: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl',
    refreshToken: 'vQoEp8bPQ9lLYjKMB2bA0mPY0xtiMMI5',
  },
};
const recoveryCodes = { recoveryCodes: ['k7wq-3mzt-p2xd', 'f9ra-6hcv-n4ye'] };
const passkey = { id: 'bXkta2V5', name: 'phone', createdMs: NOW, usedMs: null };
const credentialAnswer = {
  ...{ id: 'bXkta2V5', rawId: 'bXkta2V5', type: 'public-key' },
  response: { clientDataJSON: 'e30', authenticatorData: 'ZGF0YQ', signature: 'c2ln' },
};

const document = {
  ...{ schema: 1, name: 'Above its mean', timeframe: '1m', params: {}, conditions: {} },
  indicators: { mean: { id: 'sma', params: { period: 20 } } },
  entry: { long: { when: { crossesAbove: ['close', 'mean'] } } },
  exit: { long: { when: { crossesBelow: ['close', 'mean'] } } },
  size: { kind: 'equity', ratio: 0.5 },
};
const strategy = {
  ...{ id: STRATEGY, name: document.name, version: 1, createdMs: NOW, updatedMs: NOW, fault: null },
  ...{ running: [{ ...market, waitsFor: null }], document },
};

const config = {
  ...{
    cash: '10000',
    makerFeeBps: 10,
    takerFeeBps: 10,
    slippage: { kind: 'none' },
    volumeShareMax: null,
    latencyMs: 0,
  },
  ...{ touchFills: false, shorting: false, leverage: 1, maintenanceRatio: 0.05, liquidationFeeBps: 0 },
  ...{ borrowRatioPerDay: 0, positionsMax: 20 },
};
const setup = {
  ...{ strategy: document, strategyId: 'above-its-mean', params: {}, timeframe: '1m', detailTimeframe: null },
  markets: [{ ...market, tickSize: 0.01, lotSize: 0.00001, minNotional: 5 }],
  ...{ fromMs: NOW - 14 * DAY, toMs: NOW, config, engineVersion: '1' },
};
const metrics = { totalReturn: 0.0412, netProfit: 412.5, maxDrawdown: 0.031, winRatio: 0.42, cagr: null };
const trade = {
  ...{ index: 0, symbol: 'BTC/USDT', direction: 'long', entryTimeMs: NOW - 5 * MINUTE, exitTimeMs: NOW },
  ...{ quantity: '0.08489', entryPrice: 58_838, exitPrice: 58_707.98, pnl: '-21.01587605', fees: '9.97847825' },
  ...{ returnRatio: -0.004207586595, carry: '0', maeRatio: 0.0038, mfeRatio: 0.0022, entryReason: 'long' },
  ...{ exitReason: 'exit: rule', entryValues: { mean: 58_748.7365 }, exitValues: { mean: 58_810.696 } },
  fills: [
    {
      ...{ id: 1, orderId: 1, side: 'buy', price: '58838', quantity: '0.08489', fee: '4.99475782' },
      ...{ liquidity: 'taker', timeMs: NOW - 5 * MINUTE, reason: 'long' },
    },
  ],
};
const order = {
  ...{ id: 1, symbol: 'BTC/USDT', side: 'buy', type: 'market', status: 'filled', quantity: null },
  ...{ filledQuantity: '0.08489', limitPrice: null, stopPrice: null, reduceOnly: false, createdMs: NOW },
  ...{ tag: 'long', reason: null },
};
const equity = [
  [NOW - MINUTE, 10_000, 0],
  [NOW, 9_978.98, 0.0021],
];
const backtest = {
  ...{ id: '43de8478-c595-49d8-b168-389499bf29f0', title: 'Above its mean, BTC/USDT', createdMs: NOW },
  ...{ state: 'done', progressRatio: 1, detail: '' },
  request: { strategy: { id: STRATEGY }, params: {}, markets: [market], timeframe: '1m', config },
  ...{ setup, candles: 20_000, metrics, breakdowns: null, proof: null, dataHash: HASH, resultHash: HASH },
};

const apiKey = {
  ...{ id: 'ed15d164-2a02-4fcc-9a38-f855a75b2c50', name: 'nightly export', hint: 'wk_RtcdYC' },
  ...{ scopes: ['market-data:read'], networks: ['10.0.0.0/8'], createdMs: NOW, expiresMs: null },
  ...{ usedMs: null, usedAddress: null },
};
const credentialSent = { label: 'main', apiKey: 'the key', secret: 'the secret' };
const credential = {
  ...{ id: 'adeb6e9c-e7e8-4a20-8ee5-2391ee0fd8e7', exchange: 'local', label: 'main', hint: 'the …' },
  ...{ createdMs: NOW, updatedMs: NOW, version: 1 },
  permissions: {
    ...{ canRead: 'yes', canTrade: 'yes', canWithdraw: 'no', isIpRestricted: 'yes', checkedMs: NOW },
  },
  warnings: [],
};
const invitation = {
  ...{ id: '3c3be461-57be-4f92-bb90-37c0fad1f2a1', role: 'viewer', createdMs: NOW, expiresMs: NOW + 7 * DAY },
};
const change = (before: object, after: object) => ({
  ...{ version: 1, timeMs: NOW, actorId: user.id, actorName: 'ada', by: 'session', before, after },
});
const userSettings = {
  values: {
    ...{ theme: 'dark', palette: 'classic', timeZone: 'local', singleKeys: true, idleLockMinutes: 0 },
    ...{ securityMail: true, exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' },
  },
  sources: {
    ...{ theme: 'stored', palette: 'default', timeZone: 'default', singleKeys: 'default', idleLockMinutes: 'default' },
    ...{ securityMail: 'default', exchange: 'default', symbol: 'default', timeframe: 'default' },
  },
  ...{ version: 1, updatedMs: NOW },
};
const systemValues = {
  ...{ exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m', sessionDays: 7, accessTokenMinutes: 10 },
  ...{ invitationDays: 7, selfRegistration: false, passwordResetByMail: true, mailFrom: null },
  ...{ readsPerMinute: 1_200, writesPerMinute: 600, heavyPerMinute: 120, attemptsPerMinute: 60 },
  requestsPerMinuteOfAddress: 2_400,
};
const systemSettings = {
  values: systemValues,
  sources: Object.fromEntries(Object.keys(systemValues).map((name) => [name, 'default'])),
  ...{ version: 1, updatedMs: NOW, canMail: false },
  environment: [
    { name: 'WICK_PORT', isSecret: false, source: 'default', value: null, accepted: 'a port number from 0 to 65535' },
  ],
};
const proof = {
  ...{ strategyId: STRATEGY, version: 1, state: 'passed', jobId: null, culprit: null, updatedMs: NOW },
  ...{ detail: 'neither looks ahead nor warms up too briefly over 20000 candles', data: null, checks: [] },
};
const dataset = {
  ...{ ...market, timeframe: '1m', candles: 20_000, fromMs: NOW - 14 * DAY, toMs: NOW, gaps: [] },
  ...{ contentHash: HASH, corrections: 0, fault: null },
};
const health = {
  state: 'ok',
  version: '0.1.0',
  uptimeMs: MINUTE,
  parts: { database: { state: 'ok', detail: 'answers' } },
};

/** Examples by operation, beside those the contract itself holds; each is held to its schema by a test. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  'GET /api/health': { reply: health },
  'GET /api/health/ready': { reply: health },
  'GET /api/v1/openapi.json': { reply: { openapi: '3.1.0', info: { title: 'Wickworks' }, paths: {} } },
  'GET /api/v1/schemas/strategy.json': {
    reply: { $id: '/api/v1/schemas/strategy.json', type: 'object' },
  },
  'GET /api/v1/exchanges': {
    reply: page({
      ...{
        id: 'binance',
        title: 'Binance',
        state: 'live',
        sinceMs: NOW,
        lastMessageMs: NOW,
        reason: null,
        replay: null,
      },
      capabilities: { candles: 'native', tickers: 'native', timeframes: ['1m', '1h', '1d'], candlesPerRequest: 1_000 },
    }),
  },
  'GET /api/v1/exchanges/:id/markets': {
    reply: page({
      ...{ symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', active: true },
      ...{ priceTick: '0.01', quantityStep: '0.00001', notionalMin: '5' },
    }),
  },
  'GET /api/v1/indicators': {
    reply: page({
      ...{ id: 'ema', title: 'Exponential Moving Average', group: 'overlap', pane: 'price', warmup: 19 },
      params: { period: { kind: 'number', title: 'Period', default: 20, min: 1, max: 100_000, step: 1, whole: true } },
      outputs: { ema: { title: 'EMA', plot: 'line', role: 'main' } },
      ...{ source: 'α = 2 / (period + 1), seeded with the mean of the first period.', talib: 'EMA' },
    }),
  },
  'GET /api/v1/datasets': { reply: page(dataset) },
  'GET /api/v1/datasets/corrections': {
    reply: page({
      ...{ id: 7, openTimeMs: NOW - DAY, seenAtMs: NOW - DAY + MINUTE, origin: 'rest' },
      previous: [NOW - DAY, 64_600, 64_650.5, 64_580, 64_610, 12.5],
      candle: [NOW - DAY, 64_600, 64_652, 64_580, 64_610, 12.75],
    }),
  },
  'GET /api/v1/datasets/trades': {
    reply: page({
      ...{ ...market, trades: 412_345, fromMs: NOW - DAY + 12, toMs: NOW - 40 },
      ...{ covered: [[NOW - DAY, NOW]], contentHash: HASH },
    }),
  },
  'GET /api/v1/datasets/trades/tape': {
    reply: {
      ...{ items: [[NOW - 60, 64_610.5, 0.012, 'buy', 4_711]], nextCursor: null },
      ...{ covered: [[NOW - DAY, NOW]], contentHash: HASH },
    },
  },
  'POST /api/v1/datasets/trades/import': {
    body: 'time,price,quantity,side,id\n1722470400123,64600.5,0.012,buy,4711\n',
    reply: {
      ...{ added: 1, unchanged: 0, replaced: 0, fromMs: 1_722_470_400_123, toMs: 1_722_470_400_124 },
      dataset: {
        ...{ ...market, trades: 1, fromMs: 1_722_470_400_123, toMs: 1_722_470_400_123, contentHash: HASH },
        covered: [[1_722_470_400_123, 1_722_470_400_124]],
      },
    },
  },
  'POST /api/v1/datasets/trades/backfill': { reply: job('trades-backfill', 'trades of local BTC/USDT') },
  'POST /api/v1/datasets/import': {
    body: 'time,open,high,low,close,volume\n1722470400000,64600,64650.5,64580,64610,12.5\n',
    reply: { added: 1, unchanged: 0, corrected: 0, dataset: { ...dataset, candles: 1 } },
  },
  'POST /api/v1/datasets/backfill': { reply: job('backfill', 'candles of local BTC/USDT 1m') },
  'GET /api/v1/jobs': { reply: page(job('backfill', 'candles of local BTC/USDT 1m').job) },
  'GET /api/v1/jobs/:id': { reply: job('backfill', 'candles of local BTC/USDT 1m').job },
  'DELETE /api/v1/jobs/:id': { reply: job('backfill', 'candles of local BTC/USDT 1m') },
  'GET /api/v1/strategies': { reply: page(strategy) },
  'POST /api/v1/strategies': { body: { document }, reply: strategy },
  'GET /api/v1/strategies/examples': { reply: page({ id: 'above-its-mean', document }) },
  'POST /api/v1/strategies/validate': {
    body: { document: { ...document, timeframe: '9m' } },
    reply: { valid: false, issues: [{ path: 'timeframe', message: 'Invalid option' }] },
  },
  'GET /api/v1/strategies/:id': { reply: strategy },
  'PUT /api/v1/strategies/:id': { body: { document }, reply: { ...strategy, version: 2 } },
  'GET /api/v1/strategies/:id/versions': { reply: page({ version: 1, document, savedMs: NOW }) },
  'GET /api/v1/strategies/:id/proof': { reply: proof },
  'POST /api/v1/strategies/:id/proof': { reply: job('proof', 'bias proof of Above its mean, version 1') },
  'POST /api/v1/strategies/:id/validate': { body: { document }, reply: { valid: true, issues: [] } },
  'POST /api/v1/strategies/:id/start': { body: { markets: [market] }, reply: strategy },
  'POST /api/v1/strategies/:id/stop': { reply: { ...strategy, running: [] } },
  'GET /api/v1/strategies/:id/signals': {
    reply: page({
      ...{ strategyId: STRATEGY, ...market, timeframe: '1m', openTimeMs: NOW },
      ...{ action: 'enter-long', price: 58_838, reason: 'long' },
    }),
  },
  'GET /api/v1/backtests': { reply: page(backtest) },
  'POST /api/v1/backtests': { reply: job('backtest', 'Above its mean, BTC/USDT') },
  'GET /api/v1/backtests/:id': { reply: backtest },
  'GET /api/v1/backtests/:id/trades': { reply: page(trade) },
  'GET /api/v1/backtests/:id/orders': { reply: page(order) },
  'GET /api/v1/backtests/:id/equity': { reply: page(...equity) },
  'GET /api/v1/backtests/:id/result': {
    reply: {
      ...{ kind: 'wickworks-backtest', version: 1, setup, candles: 20_000, metrics, config },
      breakdowns: { byMonth: [], byWeekday: [], byHour: [], bySymbol: [], byExitReason: [] },
      ...{ trades: [trade], orders: [order], equity, proof: null, dataHash: HASH, resultHash: HASH },
    },
  },
  'GET /api/v1/auth/setup': {
    reply: {
      ...{ hasAccounts: true, isOpenHouse: false, isMarketDataPublic: false, clerkPublishableKey: null },
      ...{ canRegister: false, canResetPassword: true },
    },
  },
  'GET /api/v1/auth/me': {
    reply: {
      by: 'session',
      userId: user.id,
      name: 'ada',
      role: 'trader',
      scopes: null,
      user,
      csrfToken: signedIn.csrfToken,
    },
  },
  'POST /api/v1/auth/register': { reply: signedIn },
  'POST /api/v1/auth/login': { reply: signedIn },
  'POST /api/v1/auth/clerk': { body: { token: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln', transport: 'token' }, reply: signedIn },
  'POST /api/v1/auth/refresh': { body: { refreshToken: signedIn.refreshToken }, reply: signedIn },
  'POST /api/v1/auth/logout': { body: { refreshToken: signedIn.refreshToken } },
  'POST /api/v1/auth/password': { body: { currentPassword: PASSWORD, newPassword: 'umber-lagoon-thistle-92' } },
  'POST /api/v1/auth/password/reset': { body: { token: 'from-the-letter', newPassword: 'umber-lagoon-thistle-92' } },
  'GET /api/v1/auth/sessions': {
    reply: page({
      ...{ id: '3739dec4-ce62-47ae-a5fc-f7effaea6b35', method: 'password', address: '127.0.0.1', agent: 'Firefox' },
      ...{ createdMs: NOW, usedMs: NOW, expiresMs: NOW + 30 * DAY, isCurrent: true },
    }),
  },
  'GET /api/v1/auth/mail-address': { reply: { address: 'ada@example.com', pending: null, canMail: true } },
  'PUT /api/v1/auth/mail-address': {
    body: { address: 'ada@example.org', password: PASSWORD },
    reply: {
      ...{ address: 'ada@example.com', pending: { address: 'ada@example.org', expiresMs: NOW + DAY }, canMail: true },
    },
  },
  'POST /api/v1/auth/mail-address/confirm': { body: { token: 'from-the-letter' } },
  'POST /api/v1/auth/mail-address/remove': { body: { password: PASSWORD } },
  'GET /api/v1/auth/totp': { reply: { enabled: true, recoveryCodesLeft: 8 } },
  'POST /api/v1/auth/totp': {
    body: { password: PASSWORD },
    reply: { secret: '4V7WRKQKLXCWOVWQ', uri: 'otpauth://totp/Wickworks:ada?secret=4V7WRKQKLXCWOVWQ&issuer=Wickworks' },
  },
  'POST /api/v1/auth/totp/confirm': { body: { code: '492039' }, reply: recoveryCodes },
  'POST /api/v1/auth/totp/disable': { body: { password: PASSWORD } },
  'POST /api/v1/auth/recovery-codes': { body: { password: PASSWORD }, reply: recoveryCodes },
  'POST /api/v1/auth/proof': { body: { password: PASSWORD } },
  'GET /api/v1/auth/passkeys': { reply: page(passkey) },
  'POST /api/v1/auth/passkeys': {
    body: {
      ...{ ceremony: CEREMONY, name: 'phone' },
      credential: {
        ...credentialAnswer,
        response: { clientDataJSON: 'e30', attestationObject: 'b2JqZWN0', transports: ['internal'] },
      },
    },
    reply: passkey,
  },
  'POST /api/v1/auth/passkeys/registration': {
    body: { password: PASSWORD },
    reply: {
      ceremony: CEREMONY,
      options: { challenge: 's7g5qP6MhFyBfIpp5utmVy', rp: { name: 'Wickworks', id: 'wick.example' } },
    },
  },
  'POST /api/v1/auth/passkeys/sign-in/options': {
    reply: { ceremony: CEREMONY, options: { challenge: 's7g5qP6MhFyBfIpp5utmVy', rpId: 'wick.example' } },
  },
  'POST /api/v1/auth/passkeys/sign-in': {
    body: { ceremony: CEREMONY, credential: credentialAnswer, transport: 'cookie' },
    reply: { ...signedIn, accessToken: null, refreshToken: null },
  },
  'GET /api/v1/auth/api-keys': { reply: page(apiKey) },
  'POST /api/v1/auth/api-keys': { reply: { ...apiKey, key: 'wk_RtcdYCRWCQ3_z7dByxPWwxNYA7gg17GxLFniO4nyL3Y' } },
  'GET /api/v1/auth/api-keys/:id': { reply: apiKey },
  'GET /api/v1/users': { reply: page(user) },
  'POST /api/v1/users': { body: { username: 'ada', password: PASSWORD, role: 'trader' }, reply: user },
  'GET /api/v1/users/:id': { reply: user },
  'PATCH /api/v1/users/:id': { body: { role: 'admin' }, reply: { ...user, role: 'admin', version: 2 } },
  'POST /api/v1/users/:id/password': { body: { password: PASSWORD } },
  'GET /api/v1/invitations': { reply: page(invitation) },
  'GET /api/v1/invitations/:id': { reply: invitation },
  'POST /api/v1/invitations': {
    body: { role: 'viewer' },
    reply: { ...invitation, token: 'COvdNGLJDVBjixOlwyGXmHejtcHD09fE' },
  },
  'GET /api/v1/exchanges/:id/credentials': { reply: page(credential) },
  'POST /api/v1/exchanges/:id/credentials': { body: credentialSent, reply: credential },
  'GET /api/v1/exchanges/:id/credentials/:credential': { reply: credential },
  'PUT /api/v1/exchanges/:id/credentials/:credential': { body: credentialSent, reply: { ...credential, version: 2 } },
  'POST /api/v1/exchanges/:id/credentials/:credential/check': { reply: credential },
  'GET /api/v1/audit-logs': {
    reply: page({
      ...{ seq: 11, timeMs: NOW, actorId: user.id, actorName: 'ada', by: 'session', action: 'settings.change' },
      ...{ target: 'settings', address: '127.0.0.1', agent: 'Firefox', requestId: '6498dad3', hash: HASH },
      ...{ before: { sessionDays: null }, after: { sessionDays: 7 } },
    }),
  },
  'GET /api/v1/audit-logs/export': { reply: '{"seq":1,"timeMs":1795257004000,"action":"user.register"}\n' },
  'GET /api/v1/settings': { reply: systemSettings },
  'PATCH /api/v1/settings': { reply: systemSettings },
  'GET /api/v1/settings/history': { reply: page(change({ sessionDays: null }, { sessionDays: 7 })) },
  'GET /api/v1/me/settings': { reply: userSettings },
  'PATCH /api/v1/me/settings': { reply: userSettings },
  'GET /api/v1/me/settings/history': { reply: page(change({ theme: null }, { theme: 'dark' })) },
};
