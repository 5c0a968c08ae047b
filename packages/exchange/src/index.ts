export { connectExchange, type ConnectOptions, type ExchangeLogger } from './connect.js';
export * from './ports.js';
