import { calculate, inputsOf, warmupByOutput } from '../src/indicators/calculate.js';
import { GROUPS, type IndicatorDefinition } from '../src/indicators/define.js';
import type { ParamSpec, ParamValues } from '../src/indicators/params.js';
import { findIndicator, indicators, parseParams, parseTalibParams } from '../src/indicators/registry.js';
import { settlingByOutput, type Settling } from '../src/indicators/settling.js';
import { comparePeers, type PeerResult } from './peers.js';
import { pineLines } from './pine.js';
import { compareTalib, mavpPeriods, readCandles, readTalibCases, readTalibWebCases } from './talib.js';

const MARKETS = ['btcusdt-1h', 'avaxusdt-1m'];

/** Oracles beyond TA-Lib, by id; the tests that hold them are named in the page's head. */
const OTHER_ORACLES: Readonly<Record<string, string>> = {
  rating: "TradingView's recorded rating (equal)",
  supertrend: 'chart tool export',
  'heikin-ashi': 'chart tool export',
  ao: 'chart tool export',
  tsi: 'chart tool export',
  dpo: 'chart tool export',
  hma: 'chart tool export',
  vwma: 'chart tool export',
  atr: 'chart tool export',
  bbands: 'chart tool export',
  willr: 'chart tool export',
  var: 'exact arithmetic',
  'linearreg-slope': 'exact arithmetic',
};

/** Indicators that no library at hand gives by our definition: definitions.test.ts writes each out once more. */
export const BY_DEFINITION: ReadonlySet<string> = new Set([
  'hurst',
  'jma',
  'pivots-classic',
  'pivots-demark',
  'pivots-woodie',
  'renko',
  'session-volume-profile',
  'vwap',
  'vwap-anchored',
  'yang-zhang',
  'zigzag',
]);

/** Largest difference to TA-Lib seen by function, over both markets and both builds. */
function talibDifferences(): ReadonlyMap<string, number> {
  const worst = new Map<string, number>();
  for (const market of MARKETS) {
    const candles = readCandles(market);
    for (const golden of [...readTalibCases(market), ...readTalibWebCases(market)]) {
      const definition = findIndicator(`talib:${golden.name}`);
      const params = definition && parseTalibParams(definition, golden.params);
      if (!definition || !params?.ok) continue;
      const given = golden.name === 'MAVP' ? { periods: { values: mavpPeriods(candles.length), begin: 0 } } : {};
      const { difference } = compareTalib(definition, calculate(definition, params.value, candles, given), golden);
      worst.set(golden.name, Math.max(worst.get(golden.name) ?? 0, difference));
    }
  }
  return worst;
}

interface Differences {
  readonly talib: ReadonlyMap<string, number>;
  readonly peers: readonly PeerResult[];
}

/** Stands where nothing but the properties holds an indicator; docs.test.ts allows none. */
export const NO_ORACLE = 'properties only';

/** Comparing later than this means that starts differ; earlier, that the other library shows values during warm-up. */
const SETTLING_FROM = 60;

/** `difference` rounded up to a power of ten: stable across machines whose last digits differ. */
function magnitude(difference: number): string {
  return difference === 0 ? 'equal' : `≤ 1e${String(Math.ceil(Math.log10(difference)))}`;
}

/** Libraries that indicator `id` was compared to, each with its largest difference and where comparing began. */
function peersOf(id: string, peers: readonly PeerResult[]): string[] {
  const byLibrary = new Map<string, PeerResult[]>();
  for (const result of peers)
    if (result.golden.id === id)
      byLibrary.set(result.golden.library, [...(byLibrary.get(result.golden.library) ?? []), result]);
  return [...byLibrary].map(([library, results]) => {
    const difference = magnitude(Math.max(...results.map((result) => result.difference)));
    const from = Math.max(...results.map(({ golden }) => golden.from ?? 0));
    return `${library}, ${difference}${from > SETTLING_FROM ? ` (from candle ${String(from)})` : ''}`;
  });
}

function oracle(definition: IndicatorDefinition, differences: Differences): string {
  const found = definition.talib && differences.talib.get(definition.talib.name);
  const talib =
    definition.talib && found !== undefined ? `TA-Lib ${definition.talib.name}, ${magnitude(found)}` : undefined;
  const texts = [
    talib,
    OTHER_ORACLES[definition.id],
    ...peersOf(definition.id, differences.peers),
    BY_DEFINITION.has(definition.id) ? 'definition, ≤ 1e-9' : undefined,
  ];
  return texts.filter((text) => text !== undefined).join('; ') || NO_ORACLE;
}

function paramText([name, spec]: [string, ParamSpec]): string {
  switch (spec.kind) {
    case 'number':
      return `\`${name}\` ${String(spec.default)} (${String(spec.min)}…${String(spec.max)})`;
    case 'choice':
    case 'source':
      return `\`${name}\` ${spec.default}`;
    case 'flag':
      return `\`${name}\` ${String(spec.default)}`;
  }
}

function defaults(definition: IndicatorDefinition): ParamValues {
  const params = parseParams(definition);
  return params.ok ? params.value : {};
}

/** Outputs grouped by what is said of their settling; nothing for plain windows. */
function settlingLines(definition: IndicatorDefinition, values: ParamValues): string[] {
  const texts = Object.entries(settlingByOutput(definition, values)).flatMap(([name, found]) => {
    const text = settlingText(found);
    return text === null ? [] : [{ name, text }];
  });
  const different = [...new Set(texts.map(({ text }) => text))];
  if (different.length === 0) return [];
  const names = (text: string): string =>
    texts
      .filter((one) => one.text === text)
      .map(({ name }) => `\`${name}\``)
      .join(', ');
  const isAll = different.length === 1 && texts.length === Object.keys(definition.outputs).length;
  return [`- settles: ${different.map((text) => (isAll ? text : `${names(text)} ${text}`)).join('; ')}`];
}

function settlingText({ kind, candles }: Settling): string | null {
  switch (kind) {
    case 'window':
      return null;
    case 'fades':
      return `from candle ${String(candles)}`;
    case 'market':
      return candles > 0 ? `with the market, not before candle ${String(candles)}` : 'with the market';
    case 'forever':
      return 'never: it goes back to the first candle';
  }
}

function section(definition: IndicatorDefinition, differences: Differences): string[] {
  const values = defaults(definition);
  const begins = warmupByOutput(definition, values);
  const outputs = Object.keys(definition.outputs).map((name) => `\`${name}\` from candle ${String(begins[name] ?? 0)}`);
  const params = Object.entries(definition.params).map(paramText);
  return [
    `### ${definition.title} (\`${definition.id}\`)`,
    '',
    definition.formula,
    '',
    `- parameters: ${params.length > 0 ? params.join(', ') : 'none'}`,
    `- reads: ${inputsOf(definition, values).join(', ')}; drawn ${definition.pane === 'price' ? 'over the price' : 'in its own pane'}`,
    `- outputs: ${outputs.join(', ')}`,
    ...settlingLines(definition, values),
    ...(definition.pine ? [`- Pine: ${definition.pine.join(', ')}`] : []),
    `- checked against: ${oracle(definition, differences)}`,
    '',
  ];
}

/** The text of docs/indicators.md. */
export function indicatorsPage(): string {
  const differences: Differences = { talib: talibDifferences(), peers: comparePeers() };
  const libraries = [...new Set(differences.peers.map(({ library }) => library))].sort();
  const all = [...indicators.values()];
  const lines = [
    '# Indicators',
    '',
    `Made from the declarations in \`packages/engine/src/indicators\` (${String(all.length)} of them); do not edit. Rewrite with`,
    '`WICK_WRITE_DOCS=1 npx vitest run --project node packages/engine/src/indicators/docs.test.ts`.',
    '',
    'Warm-up is counted with default parameters: candle 0 is the first. Differences to TA-Lib are the largest seen over',
    'two real markets, two TA-Lib builds (0.4 and 0.8) and several parameter sets, relative to the value or, near zero, to',
    'a hundredth of the largest value of the output. Where they exceed 1e-9 the reason stands in',
    '`talib.golden.test.ts`: TA-Lib subtracts large sums (STDDEV, VAR, slopes: ours are held to exact arithmetic) or',
    'its builds differ from each other (MFI). Every indicator also passes the properties in `properties.test.ts`: no',
    'look-ahead, stepping equals a whole run, forming candles can be replaced and taken back, NaN exactly during warm-up,',
    'dead and gappy markets.',
    '',
    'Settling is more than warm-up: an average has a value long before it has forgotten where the data starts. "Settles from',
    'candle N" means that its weights leave a millionth of the start by then; "with the market": something has to happen',
    'first, a session to open or a trend to turn, however long that takes. Without such a line an output looks at a window',
    'only and is settled with its first value. `settling.test.ts` holds every indicator to it on a year of hours.',
    '',
    'What TA-Lib lacks is held to other libraries (`peers.golden.test.ts`), run once over 600 candles of both markets:',
    `${libraries.join(', ')} (scipy stands for it, numpy and pandas).`,
    '"From candle" tells that averages start elsewhere there, so that comparing begins when the start no longer matters.',
    '"Definition" means that no library at hand has it by our definition: `definitions.test.ts` writes it out once more,',
    'the slow and plain way. Chart tool exports: `chart-tools.golden.test.ts`; exact arithmetic: `exact.test.ts`.',
    '',
  ];
  for (const group of GROUPS) {
    const members = all.filter((definition) => definition.group === group);
    lines.push(
      `## ${group} (${String(members.length)})`,
      '',
      ...members.flatMap((member) => section(member, differences)),
    );
  }
  lines.push(...pineLines());
  return lines.join('\n');
}
