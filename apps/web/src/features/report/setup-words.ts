import type { RunSetup } from '@wickworks/engine';
import { strategyNames, timeframesOf } from '../../data/run-names.js';
import { formatCount } from '../../format/number.js';
import { formatDateTime } from '../../format/time.js';

/** One setting that two runs do not share, in words. */
export interface SettingDifference {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

const NONE = '–';
/** Numbers of ms above this are moments, below it durations: nobody trades on a latency of three years. */
const MOMENT_MS = 1e11;

/** What people call a setting; others go by their own name. */
const LABELS: Readonly<Record<string, string>> = {
  timeframe: 'Timeframe',
  detailTimeframe: 'Inside a candle',
  detailTrades: 'Stored trades decide',
  fromMs: 'From',
  toMs: 'To',
  engineVersion: 'Engine',
  allocation: 'Share of the deposit',
  symbols: 'Markets',
  cash: 'Deposit',
  makerFeeBps: 'Maker fee, bps',
  takerFeeBps: 'Taker fee, bps',
  slippage: 'Slippage',
  volumeShareMax: 'Most of the volume',
  latencyMs: 'Latency',
  touchFills: 'Limits fill on touch',
  shorting: 'Short selling',
  leverage: 'Leverage',
  maintenanceRatio: 'Maintenance margin',
  liquidationFeeBps: 'Liquidation, bps',
  borrowRatioPerDay: 'Borrowing per day',
  positionsMax: 'Positions at once',
  funding: 'Funding',
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where and when: `BTC/USDT · 1h · 2026-10-01 00:00 to 2026-11-01 00:00`. */
export function whereAndWhen(setup: RunSetup, zone: string): string {
  const markets = setup.markets.map(({ symbol }) => symbol).join(', ');
  const range = `${formatDateTime(setup.fromMs, zone)} to ${formatDateTime(setup.toMs, zone)}`;
  return `${markets} · ${timeframesOf(setup).join(', ')} · ${range}`;
}

/** The parameters of a run, those of several strategies with whose they are; empty without any. */
export function parameterWords({ params, strategies }: RunSetup): string {
  const words = (values: Readonly<Record<string, unknown>>): string =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ');
  if (strategies === undefined) return words(params);
  return strategies
    .filter((one) => Object.keys(one.params).length > 0)
    .map((one) => `${one.id}: ${words(one.params)}`)
    .join(' · ');
}

/** Every setting that differs between two runs, most telling first. */
export function settingDifferences(a: RunSetup, b: RunSetup, zone: string): readonly SettingDifference[] {
  const [left, right] = [settingsOf(a, zone), settingsOf(b, zone)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((label) => {
    const [from = NONE, to = NONE] = [left.get(label), right.get(label)];
    return from === to ? [] : [{ label, from, to }];
  });
}

/** Each setting of a run by its name, as it is compared. */
function settingsOf(setup: RunSetup, zone: string): Map<string, string> {
  const out = new Map<string, string>();
  const { strategy, strategyId: _id, strategies, params, markets, config, ...rest } = setup;
  out.set('Strategy', strategyNames(setup).join(' + '));
  out.set('Markets', markets.map(({ symbol }) => symbol).join(', '));
  for (const [name, value] of Object.entries(rest)) put(out, LABELS[name] ?? name, value, zone);
  for (const [name, value] of Object.entries(params)) out.set(name, String(value));
  for (const one of strategies ?? []) {
    const { id, strategy: document, params: own, fromMs: _from, toMs: _to, ...terms } = one;
    for (const [name, value] of Object.entries(own)) out.set(`${id}: ${name}`, String(value));
    for (const [name, value] of Object.entries(terms)) put(out, `${id}: ${LABELS[name] ?? name}`, value, zone);
    putDocument(out, `${id}: `, document);
  }
  for (const { symbol, ...terms } of markets)
    for (const [name, value] of Object.entries(terms)) put(out, `${symbol}: ${LABELS[name] ?? name}`, value, zone);
  for (const [name, value] of Object.entries(config)) put(out, LABELS[name] ?? name, value, zone);
  if (strategies === undefined) putDocument(out, '', strategy);
  return out;
}

function put(out: Map<string, string>, label: string, value: unknown, zone: string): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'number' && value > MOMENT_MS) out.set(label, formatDateTime(value, zone));
  else if (typeof value === 'number' && label.endsWith(LABELS['latencyMs'] ?? ''))
    out.set(label, `${String(value)} ms`);
  else if (label.endsWith(LABELS['allocation'] ?? '')) out.set(label, `${String(Number(value) * 100)} %`);
  else if (label.endsWith(LABELS['funding'] ?? '') && Array.isArray(value))
    out.set(label, `${formatCount(value.length)} payments, ${fingerprint(JSON.stringify(value))}`);
  else if (Array.isArray(value)) out.set(label, value.join(', '));
  else if (isRecord(value)) {
    // A model and its amounts.
    out.set(label, Object.values(value).map(String).join(' '));
  } else if (typeof value === 'boolean') out.set(label, value ? 'yes' : 'no');
  else out.set(label, typeof value === 'string' ? value : JSON.stringify(value));
}

/** The parts of a strategy's document, as far as its name does not tell them. */
function putDocument(out: Map<string, string>, prefix: string, document: unknown): void {
  if (!isRecord(document)) return;
  for (const [name, value] of Object.entries(document)) {
    if (['name', 'description', 'schema', 'timeframe', 'kind'].includes(name)) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // Rules and code are too long to be read here: whether they are the same is what counts.
    out.set(`${prefix}${name} of the strategy`, fingerprint(text));
  }
}

/** Four letters that differ when texts do, near enough for a list of differences. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(36).padStart(4, '0').slice(-4);
}
