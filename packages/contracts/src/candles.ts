import * as z from 'zod';
import { CONNECTION_STATES, SIGNAL_ACTIONS, TIMEFRAMES } from '@wickworks/core';

export const TimeMs = z.int().nonnegative();
export const TimeframeName = z.enum(TIMEFRAMES);
/** CCXT id of a configured exchange, or `local`. */
export const ExchangeId = z.string().regex(/^[a-z0-9_]{2,32}$/, 'an exchange id in lower case, such as "local"');
/** CCXT unified symbol. */
export const SymbolName = z.string().min(3).max(64);
/** Exact decimal text. */
export const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal number as text, such as "0.001"');

/** `[openTimeMs, open, high, low, close, volume]`. */
export const CandleTuple = z.tuple([TimeMs, z.number(), z.number(), z.number(), z.number(), z.number()]).readonly();
/** `[fromMs, toMs)` without candles at the source. */
export const GapTuple = z.tuple([z.number(), z.number()]).readonly();
export const ConnectionStateName = z.enum(CONNECTION_STATES);
export const SignalActionName = z.enum(SIGNAL_ACTIONS);
