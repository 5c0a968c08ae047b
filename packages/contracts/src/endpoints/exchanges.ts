import * as z from 'zod';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { ExchangeView, listOf, MarketView } from '../exchanges.js';

const common = { tag: 'Market data', role: 'market-data', scope: 'market-data:read' } as const;

export const getExchanges = endpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/exchanges',
  summary: 'Exchanges with their connection state',
  query: Paging,
  reply: listOf(ExchangeView),
});

export const getMarkets = endpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/exchanges/:id/markets',
  summary: 'Markets of an exchange, searched by `q`',
  params: IdParams,
  query: Paging.extend({ q: z.string().max(64).default('') }),
  reply: listOf(MarketView),
  errors: ['unknown-exchange', 'exchange-unavailable', 'exchange-rejected', 'not-supported', 'unknown-symbol'],
});
