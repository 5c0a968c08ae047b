/**
 * What runs inside before the strategy's own code: a world without clock and chance, and the far end of the bridge.
 * The host calls with float64 values in a buffer; answers are numbers and JSON text. Evaluates to the bridge object,
 * which the strategy's code never sees.
 */
export const GUEST = `(() => {
  'use strict';
  const NativeDate = Date;
  const noClock = () => { throw new TypeError('a strategy has no clock: time is what its candles say'); };
  class UtcDate {
    #date;
    constructor(timeMs) {
      if (typeof timeMs !== 'number') noClock();
      this.#date = new NativeDate(timeMs);
    }
    static UTC(...parts) { return NativeDate.UTC(...parts); }
    static now() { return noClock(); }
    valueOf() { return this.#date.getTime(); }
    getTime() { return this.#date.getTime(); }
    toISOString() { return this.#date.toISOString(); }
    toJSON() { return this.#date.toISOString(); }
    toString() { return this.#date.toISOString(); }
    getUTCFullYear() { return this.#date.getUTCFullYear(); }
    getUTCMonth() { return this.#date.getUTCMonth(); }
    getUTCDate() { return this.#date.getUTCDate(); }
    getUTCDay() { return this.#date.getUTCDay(); }
    getUTCHours() { return this.#date.getUTCHours(); }
    getUTCMinutes() { return this.#date.getUTCMinutes(); }
    getUTCSeconds() { return this.#date.getUTCSeconds(); }
    getUTCMilliseconds() { return this.#date.getUTCMilliseconds(); }
  }
  Object.defineProperty(NativeDate.prototype, 'constructor', { value: UtcDate });
  globalThis.Date = UtcDate;
  Object.defineProperty(Math, 'random', {
    value: () => { throw new TypeError('a strategy draws no random numbers: its runs could not be repeated'); },
  });
  const lines = [];
  const print = (...parts) => {
    if (lines.length < 1000) lines.push(parts.map(String).join(' ').slice(0, 1000));
  };
  globalThis.console = Object.freeze({ log: print, info: print, warn: print, error: print, debug: print });

  const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'];
  const stringify = JSON.stringify, isArray = Array.isArray;
  class Columns {
    constructor(names) {
      this.length = 0;
      for (const name of names) this[name] = new Float64Array(256);
    }
  }
  const put = (columns, names, from, values) => {
    const index = columns.length;
    if (index === columns[names[0]].length) {
      for (const name of names) {
        const grown = new Float64Array(index * 2);
        grown.set(columns[name]);
        columns[name] = grown;
      }
    }
    for (let field = 0; field < names.length; field++) columns[names[field]][index] = values[from + field];
    columns.length = index + 1;
  };

  let definition, strategy, symbols, markets, candleTimeMs = 0, cash = 0, equity = 0, power = 0, current = 0, outbox = '[]';
  const marketOf = (symbol) => {
    const market = symbols.indexOf(symbol);
    if (market < 0) throw new RangeError('the strategy asked for ' + symbol + ', which it does not trade');
    return markets[market];
  };
  const context = Object.freeze({
    get symbol() { return symbols[current]; },
    get market() { return current; },
    get index() { return markets[current].candles.length - 1; },
    get timeMs() { return candleTimeMs; },
    get candles() { return markets[current].candles; },
    get cash() { return cash; },
    get equity() { return equity; },
    get buyingPower() { return power; },
    get position() { return markets[current].position; },
    positionOf: (symbol) => marketOf(symbol).position,
    entryPriceOf: (symbol) => marketOf(symbol).entryPrice,
    ordersOf: (symbol) => marketOf(symbol).orders,
    candlesOf: (symbol) => marketOf(symbol).candles,
  });

  return {
    declare(exported) {
      if (typeof exported !== 'object' || exported === null) throw new TypeError('the file must export its strategy as default');
      definition = exported;
      if (typeof definition.create !== 'function') throw new TypeError('create: must be a function');
      if (typeof definition.warmup !== 'function' && typeof definition.warmup !== 'number')
        throw new TypeError('warmup: must be a number of candles or a function of the parameters');
      const { id, title, params } = definition;
      return stringify({ id, title, params: params ?? {} });
    },
    warmup(params) {
      const value = typeof definition.warmup === 'number' ? definition.warmup : definition.warmup(JSON.parse(params));
      if (!Number.isInteger(value) || value < 0 || value > 1e6) throw new RangeError('warmup: must be a whole number of candles from 0 to 1000000');
      return value;
    },
    /** outputsText: the names of the outputs of every indicator there is, by its id. */
    create(symbolsText, paramsText, outputsText) {
      const outputsOf = new Map(JSON.parse(outputsText));
      symbols = Object.freeze(JSON.parse(symbolsText));
      markets = symbols.map(() => ({ candles: new Columns(FIELDS), position: 0, entryPrice: NaN, orders: [], series: [] }));
      const wanted = [];
      const setup = Object.freeze({
        symbols,
        indicator(symbol, id, params = {}) {
          const market = marketOf(symbol);
          const names = outputsOf.get(id);
          if (names === undefined) throw new RangeError('there is no indicator "' + id + '"');
          wanted.push({ market: markets.indexOf(market), id, params });
          const outputs = {};
          for (const name of names) {
            const columns = new Columns(['values']);
            market.series.push(columns);
            outputs[name] = Object.freeze({
              get values() { return columns.values; },
              get length() { return columns.length; },
            });
          }
          return Object.freeze(outputs);
        },
      });
      strategy = definition.create(setup, Object.freeze(JSON.parse(paramsText)));
      if (typeof strategy?.onCandle !== 'function') throw new TypeError('create: must return an object with onCandle');
      return stringify(wanted);
    },
    /** Takes count rows of one market: candle fields, then its indicator values. */
    push(buffer, market, count) {
      const inbox = new Float64Array(buffer);
      const of = markets[market];
      let at = 0;
      for (let row = 0; row < count; row++) {
        put(of.candles, FIELDS, at, inbox);
        at += FIELDS.length;
        for (const columns of of.series) put(columns, ['values'], at++, inbox);
      }
    },
    /** The account (as account() of the host lays it out), then the strategy's turn: the number of its wishes. */
    tick(buffer, market) {
      const inbox = new Float64Array(buffer);
      current = market;
      candleTimeMs = inbox[0];
      cash = inbox[1];
      equity = inbox[2];
      power = inbox[3];
      let at = 4;
      for (const of of markets) {
        of.position = inbox[at++];
        of.entryPrice = inbox[at++];
        const orders = inbox[at++];
        of.orders = orders === 0 ? [] : Array.from(inbox.subarray(at, at + orders));
        at += orders;
      }
      const intents = strategy.onCandle(context);
      if (intents === undefined || intents === null) return 0;
      if (!isArray(intents)) throw new TypeError('onCandle: must return a list of intents');
      if (intents.length === 0) return 0;
      outbox = stringify(intents);
      return intents.length;
    },
    intents() { return outbox; },
    lines() { return stringify(lines.splice(0)); },
  };
})()`;
