import { endpoint, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';
import { CalculateReply, CalculateRequest, IndicatorView } from '../indicators.js';

const common = { tag: 'Indicators', role: 'market-data', scope: 'market-data:read' } as const;

export const getIndicators = endpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/indicators',
  summary: 'Indicators with parameters, outputs and source',
  query: Paging,
  reply: listOf(IndicatorView),
});

export const calculateIndicator = endpoint({
  ...common,
  method: 'POST',
  path: '/api/v1/indicators/calculate',
  summary: 'Values of an indicator over given or stored candles',
  body: CalculateRequest,
  // Room for the most candles a request may bring.
  bodyBytesMax: 16_000_000,
  isIdempotent: false,
  reply: CalculateReply,
  errors: [
    'unknown-indicator',
    'unknown-exchange',
    'unknown-symbol',
    'unknown-timeframe',
    'exchange-unavailable',
    'exchange-rejected',
    'not-supported',
  ],
  example: {
    body: {
      indicator: 'sma',
      params: { period: 2 },
      candles: [
        [0, 1, 1, 1, 1, 0],
        [60_000, 1, 3, 1, 3, 0],
      ],
    },
    reply: { time: [0, 60_000], outputs: { sma: [null, 2] } },
  },
});
