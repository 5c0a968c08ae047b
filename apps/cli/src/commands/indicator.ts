import { writeFile } from 'node:fs/promises';
import { err, ok, type CandleColumns } from '@wickworks/core';
import {
  calculate,
  findIndicator,
  isTalibName,
  parseParams,
  parseTalibParams,
  type IndicatorColumns,
} from '@wickworks/engine';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { CSV_HEADER } from '@wickworks/db';
import { readCandleFile } from '../csv/read-candles.js';
import { failed, wrongUsage } from '../failure.js';
import { collect, parsePairs } from '../options.js';
import { countText } from '../text.js';

interface IndicatorOptions {
  readonly param: readonly string[];
  readonly in: string;
  readonly out?: string;
  readonly json?: boolean;
}

const ROWS_PER_WRITE = 10_000;

/** `wick indicator ID …`: its values over a candle file as CSV. */
export const indicator: RegisterCommand = (parent, world, done) => {
  parent
    .command('indicator')
    .description('calculate an indicator over a candle file; ID may be TA-Lib’s spelling, talib:BBANDS')
    .argument('<id>', 'see `wick indicators`')
    .requiredOption('--in <file>', `gzip or plain CSV, ${CSV_HEADER}, time in ms UTC; - reads standard input`)
    .option('--param <name=value>', 'parameter; may be repeated', collect, [])
    .option('--out <file>', 'file to write; default: standard output (with --json as `{time, outputs}`)')
    .action((id: string, options: IndicatorOptions) => done(run(world, id, options)));
};

async function run(world: World, id: string, { param, in: file, out, json }: IndicatorOptions): Promise<CommandResult> {
  const definition = findIndicator(id);
  if (!definition) return err(wrongUsage(`unknown indicator ${id}: see \`wick indicators\``));
  const raw = parsePairs(param);
  if (!raw.ok) return raw;
  const talib = isTalibName(id);
  const params = talib ? parseTalibParams(definition, raw.value) : parseParams(definition, raw.value);
  if (!params.ok) return err(wrongUsage(params.error.map(({ field, message }) => `${field}: ${message}`).join('\n')));
  // The file does not say its timeframe, and no rule of an indicator needs it.
  const read = await readCandleFile(world, file, '1s');
  if (!read.ok) {
    const { line, reason } = read.error;
    return err(failed(`${line === null ? file : `${file} line ${line}`}: ${reason}`, { file, line, reason }));
  }
  const candles = read.value;
  const names = (talib ? definition.talib?.outputs : undefined) ?? Object.keys(definition.outputs);
  const columns = calculate(definition, params.value, candles);
  if (out === undefined && json === true) {
    const outputs = Object.fromEntries(names.map((name) => [name, Array.from(columns[name] ?? [], nullable)]));
    return ok({ json: { time: [...candles.time.subarray(0, candles.length)], outputs }, text: '' });
  }
  const text = csvOf(candles, names, columns);
  if (out === undefined) {
    for (const part of text) world.out(part);
    return ok({ json: null, text: '' });
  }
  try {
    await writeFile(out, text);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return err(failed(`${out} cannot be written: ${error.message}`));
    throw error;
  }
  return ok({
    json: { indicator: definition.id, params: params.value, outputs: names, candles: candles.length, file: out },
    text: `${out}: ${names.join(', ')} over ${countText(candles.length, 'candle')}`,
  });
}

/** CSV in pieces: `time` and the outputs, shortest exact decimals, an empty cell where there is no value. */
function* csvOf(candles: CandleColumns, names: readonly string[], columns: IndicatorColumns): Generator<string> {
  yield `${['time', ...names].join(',')}\n`;
  for (let from = 0; from < candles.length; from += ROWS_PER_WRITE) {
    let text = '';
    for (let i = from; i < Math.min(candles.length, from + ROWS_PER_WRITE); i++) {
      const cells = names.map((name) => cell(columns[name]?.[i]));
      text += `${candles.time[i]!},${cells.join(',')}\n`;
    }
    yield text;
  }
}

const nullable = (value: number): number | null => (Number.isFinite(value) ? value : null);

const cell = (value: number | undefined): string =>
  value !== undefined && Number.isFinite(value) ? String(value) : '';
