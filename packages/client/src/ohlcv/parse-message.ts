import {
  decodeCandleFrame,
  OhlcvServerMessage,
  type CandleFrame,
  type CandleMessage,
  type IndicatorMessage,
} from '@wickworks/contracts';
import {
  candleFault,
  Candles,
  candlesFault,
  err,
  ok,
  type CandleColumns,
  type CandleRow,
  type Result,
} from '@wickworks/core';

/** Every message of the server, candle blocks as columns whatever their encoding. */
export type OhlcvMessage = Exclude<OhlcvServerMessage, { kind: 'snapshot' | 'history' | 'backfill' }> | CandleFrame;

/** The message in one WebSocket frame, or what is wrong with it. Candles in it are sound and ascending. */
export function parseMessage(data: string | ArrayBuffer): Result<OhlcvMessage, string> {
  if (typeof data !== 'string') return checkFrame(decodeCandleFrame(new Uint8Array(data)));
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return err('text message is not JSON');
  }
  // Ticks are nearly all traffic: a guard by hand costs a tenth of a schema.
  if (isCandleMessage(json)) {
    const fault = candleFault(json.candle);
    return fault === null ? ok(json) : err(`candle message: ${fault}`);
  }
  if (isIndicatorMessage(json)) return ok(json);
  const parsed = OhlcvServerMessage.safeParse(json);
  if (!parsed.success) return err(`message breaks the protocol: ${parsed.error.issues[0]?.message ?? 'unknown fault'}`);
  return toColumns(parsed.data);
}

function toColumns(message: OhlcvServerMessage): Result<OhlcvMessage, string> {
  switch (message.kind) {
    case 'snapshot': {
      const candles = columnsOf(message.candles);
      if (!candles.ok) return candles;
      const { indicators, ...rest } = message;
      if (!indicators) return ok({ ...rest, candles: candles.value });
      const columns = mapValues(indicators, (outputs) =>
        mapValues(outputs, (values) => Float64Array.from(values, (value) => value ?? NaN)),
      );
      const isWhole = Object.values(columns).every((outputs) =>
        Object.values(outputs).every((column) => column.length === candles.value.length),
      );
      return isWhole
        ? ok({ ...rest, candles: candles.value, indicators: columns })
        : err('snapshot: an indicator has another length than the candles');
    }
    case 'history':
    case 'backfill': {
      const candles = columnsOf(message.candles);
      return candles.ok ? ok({ ...message, candles: candles.value }) : candles;
    }
    case 'correction': {
      const fault = candleFault(message.candle);
      return fault === null ? ok(message) : err(`correction: ${fault}`);
    }
    case 'hello':
    case 'signed-in':
    case 'subscribed':
    case 'unsubscribed':
    case 'candle':
    case 'indicator':
    case 'signal':
    case 'status':
    case 'heartbeat':
    case 'error':
    case 'pong':
    case 'tickers':
      return ok(message);
  }
}

function columnsOf(rows: readonly CandleRow[]): Result<CandleColumns, string> {
  const rising = rows.every((row, index) => index === 0 || row[0] > rows[index - 1]![0]);
  if (!rising) return err('candles are not in rising order');
  const candles = Candles.fromRows(rows);
  const fault = candlesFault(candles);
  return fault === null ? ok(candles) : err(fault);
}

function checkFrame(frame: Result<CandleFrame, string>): Result<CandleFrame, string> {
  if (!frame.ok) return frame;
  const fault = candlesFault(frame.value.candles);
  return fault === null ? frame : err(`binary frame: ${fault}`);
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]): [string, B] => [name, change(value)]));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isStreamPart = (value: object): boolean =>
  'subscription' in value &&
  typeof value.subscription === 'string' &&
  'seq' in value &&
  Number.isSafeInteger(value.seq) &&
  'closed' in value &&
  typeof value.closed === 'boolean';

const isCandleMessage = (value: unknown): value is CandleMessage =>
  isObject(value) &&
  'kind' in value &&
  value.kind === 'candle' &&
  isStreamPart(value) &&
  'candle' in value &&
  Array.isArray(value.candle) &&
  value.candle.length === 6 &&
  value.candle.every((part) => typeof part === 'number');

const isIndicatorMessage = (value: unknown): value is IndicatorMessage =>
  isObject(value) &&
  'kind' in value &&
  value.kind === 'indicator' &&
  isStreamPart(value) &&
  'id' in value &&
  typeof value.id === 'string' &&
  'openTimeMs' in value &&
  Number.isSafeInteger(value.openTimeMs) &&
  'values' in value &&
  isObject(value.values) &&
  Object.values(value.values).every((part) => part === null || typeof part === 'number');
