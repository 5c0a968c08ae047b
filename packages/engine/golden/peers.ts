import { calculate, type GivenSeries } from '../src/indicators/calculate.js';
import { findIndicator, parseParams } from '../src/indicators/registry.js';
import { PEER_CASES, type PeerCase } from './peer-cases.js';
import { readCandles, readGolden, relativeDifference } from './talib.js';

/** Kept values of one column of another library: some by candle, of rare marks every one. */
interface KeptColumn {
  readonly begin: number;
  readonly index: readonly number[];
  readonly values: readonly number[];
}
/** Candles of each market that the libraries were given. */
const COUNT = 600;

type Libraries = Readonly<Record<string, Readonly<Record<string, KeptColumn>>>>;

const MARKETS = ['btcusdt-1h', 'avaxusdt-1m'] as const;

/** How far one output of ours lies from one column of another library. */
export interface PeerResult {
  readonly golden: PeerCase;
  readonly market: string;
  /** The library with its version. */
  readonly library: string;
  /** Largest difference relative to the value or, near zero, to a hundredth of the column's largest. */
  readonly difference: number;
  readonly where: string;
  readonly compared: number;
  /** Candles on which ours marks something and theirs does not. */
  readonly extra: readonly number[];
}

/** What make-peers.mjs and make-peers.py wrote for `market`, by library. */
const readLibraries = (market: string): Libraries =>
  Object.assign(
    {},
    // Our own committed files, written in exactly this shape.
    ...['npm', 'py'].map(
      (kind) => (readGolden(`peers-${kind}-${market}.json.gz`) as { libraries: Libraries }).libraries,
    ),
  ) as Libraries;

/** Every case over every market that has its column. */
export function comparePeers(): readonly PeerResult[] {
  return MARKETS.flatMap((market) => {
    const libraries = new Map(
      Object.entries(readLibraries(market)).map(([name, columns]) => [name.replace(/ [^ ]+$/, ''), { name, columns }]),
    );
    return PEER_CASES.flatMap((golden) => {
      const library = libraries.get(golden.library);
      const column = library?.columns[golden.column];
      return library && column ? [compare(golden, market, library.name, column)] : [];
    });
  });
}

function compare(golden: PeerCase, market: string, library: string, column: KeptColumn): PeerResult {
  const candles = readCandles(market);
  const definition = findIndicator(golden.id);
  const raw =
    golden.anchorAt === undefined ? golden.params : { ...golden.params, anchorMs: candles.time[golden.anchorAt] };
  const params = definition && parseParams(definition, raw);
  if (!definition || !params?.ok) throw new Error(`${golden.id}: ${JSON.stringify(params)}`);
  const rose = { values: Float64Array.from(candles.close, (close, i) => (close > candles.open[i]! ? 1 : 0)), begin: 0 };
  const given: GivenSeries = golden.given === undefined ? {} : { [golden.given]: rose };
  const ours = calculate(definition, params.value, candles, given)[golden.output];
  if (!ours) throw new Error(`${golden.id} has no output ${golden.output}`);
  const scale = golden.scale ?? 1;
  const want = column.values.map((value) => value * scale);
  const floor = Math.max(...want.map(Math.abs)) * 0.01;
  let difference = 0;
  let where = '';
  let compared = 0;
  column.index.forEach((i, k) => {
    if (i < (golden.from ?? 0)) return;
    compared++;
    const got = golden.unsigned ? Math.abs(ours[i]!) : ours[i]!;
    const found = relativeDifference(got, want[k]!, floor);
    if (found > difference) {
      difference = found;
      where = `${golden.output}[${String(i)}] = ${String(got)}, ${library} ${String(want[k])}`;
    }
  });
  const theirs = new Set(column.index);
  const extra = golden.marks
    ? Array.from(ours.subarray(0, COUNT).keys()).filter((i) => !Number.isNaN(ours[i]) && !theirs.has(i))
    : [];
  return { golden, market, library, difference, where, compared, extra };
}
