import { expect, it } from 'vitest';
import { searchOptions } from './option.js';

const MARKETS = ['WBTC/USDT', 'ETH/BTC', 'BTC/USDT', 'BTC/USDC', 'AVAX/USDT'].map((label) => ({ value: label, label }));
const found = (query: string): string[] => searchOptions(MARKETS, query).map((option) => option.label);

it('gives everything in its order for an empty query', () => {
  expect(found('  ')).toEqual(MARKETS.map((market) => market.label));
});

it('puts beginnings before word starts before the inside of words', () => {
  expect(found('btc')).toEqual(['BTC/USDT', 'BTC/USDC', 'ETH/BTC', 'WBTC/USDT']);
});

it('finds a market without its slash', () => {
  expect(found('btcusdt')[0]).toBe('BTC/USDT');
});

it('wants every word, in any order', () => {
  expect(found('usdt avax')).toEqual(['AVAX/USDT']);
  expect(found('usdt nothing')).toEqual([]);
});

it('searches hints and keywords after labels', () => {
  const options = [
    { value: 'a', label: 'Switch theme', keywords: 'dark light' },
    { value: 'b', label: 'Dark mode' },
  ];
  expect(searchOptions(options, 'dark').map((option) => option.value)).toEqual(['b', 'a']);
});
