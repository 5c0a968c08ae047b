import * as z from 'zod';
import {
  BacktestOrder,
  BacktestRequest,
  BacktestResult,
  BacktestTrade,
  BacktestView,
  EquityView,
} from '../backtests.js';
import { JobAccepted } from '../datasets.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const tag = 'Backtests';
const EQUITY_POINTS_MAX = 20_000;
const path = '/api/v1/backtests';
const reads = { tag, method: 'GET', role: 'viewer', scope: 'backtests:read' } as const;
const writes = { tag, role: 'trader', scope: 'backtests:write' } as const;
const whose = { params: IdParams, errors: ['not-found', 'conflict'] } as const;

export const getBacktests = endpoint({
  ...reads,
  path,
  summary: 'Your backtests, newest first',
  query: Paging,
  reply: listOf(BacktestView),
});

export const startBacktest = endpoint({
  ...writes,
  method: 'POST',
  path,
  rate: 'heavy',
  summary: 'Run a strategy, or several on one account, over history',
  description:
    'Answers with the job; the backtest has the same id. Missing candles are fetched first. `strategies` in place of `strategy` run on one account, each on its own timeframe and `symbols`, with its `allocation` of the deposit reserved.',
  body: BacktestRequest,
  reply: JobAccepted,
  status: 202,
  errors: [
    'unknown-strategy',
    'unknown-exchange',
    'unknown-symbol',
    'unknown-timeframe',
    'exchange-unavailable',
    'exchange-rejected',
  ],
  example: {
    body: {
      strategy: { example: 'trend-ema-cross' },
      markets: [{ exchange: 'local', symbol: 'BTC/USDT' }],
      config: { cash: '10000', takerFeeBps: 10 },
    },
  },
});

export const getBacktest = endpoint({
  ...reads,
  ...whose,
  path: `${path}/:id`,
  summary: 'One backtest',
  reply: BacktestView,
});

export const getTrades = endpoint({
  ...reads,
  ...whose,
  path: `${path}/:id/trades`,
  summary: 'Its trades, each with fills and explanation',
  query: Paging,
  reply: listOf(BacktestTrade),
});

export const getOrders = endpoint({
  ...reads,
  ...whose,
  path: `${path}/:id/orders`,
  summary: 'Its orders, the refused ones too',
  query: Paging,
  reply: listOf(BacktestOrder),
});

export const getEquity = endpoint({
  ...reads,
  ...whose,
  path: `${path}/:id/equity`,
  summary: 'Its equity, drawn with at most `points` points',
  description: 'All of them at once, unless `limit` asks for pages.',
  query: Paging.extend({
    points: z.coerce.number().int().min(2).max(EQUITY_POINTS_MAX).default(2_000),
    limit: z.coerce.number().int().min(1).max(EQUITY_POINTS_MAX).default(EQUITY_POINTS_MAX),
  }),
  reply: EquityView,
});

export const getResult = endpoint({
  ...reads,
  ...whose,
  path: `${path}/:id/result`,
  summary: 'The whole result, as `wick verify` takes it',
  reply: BacktestResult,
});

export const deleteBacktest = endpoint({
  ...writes,
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'Stop it if it runs, and delete it',
  params: IdParams,
  errors: ['not-found'],
});
