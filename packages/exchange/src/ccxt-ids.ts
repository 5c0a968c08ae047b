/**
 * The exchanges of the installed CCXT. Written down, because the server asks at its start, and finding CCXT's folder
 * takes longer than all other settings together; a test compares the list with the package.
 */
export const CCXT_IDS: readonly string[] = `
alpaca apex aster backpack bequant bigone binance binancecoinm binanceus binanceusdm bingx bit2c bitbank bitbns bitfinex
bitflyer bitget bithumb bitopro bitrue bitso bitstamp bitteam bittrade bitvavo blockchaincom blofin btcbox btcmarkets
btcturk btse bullish bybit bybiteu bybitid bydfi cex coinbase coinbaseexchange coinbaseinternational coincheck coinex
coinmate coinone coinsph coinspot cryptocom cryptomus deepcoin delta deribit derive digifinex dydx extended fmfwio foxbit
gate gateeu gemini grvt hashkey hibachi hitbtc hollaex htx hyperliquid independentreserve indodax kraken krakenfutures
kucoin kucoinfutures latoken lbank lighter luno mercado mexc modetrade mudrex myokx nado ndax okx okxus onetrading p2b
pacifica paradex paymium phemex poloniex revolutx tokocrypto toobit upbit weex whitebit woo woofipro xt zaif zebpay
`
  .trim()
  .split(/\s+/);

/** Whether CCXT has an exchange of that id; loads nothing. */
export const isCcxtId = (id: string): boolean => CCXT_IDS.includes(id);
