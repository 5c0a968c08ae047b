export type { ExchangeFailure } from '@wickworks/exchange';
