import { err, ok, type Result } from '@wickworks/core';
import { isRules, type StrategyDocument } from '@wickworks/contracts';
import type { RegisterCommand } from '../context.js';
import { wrongUsage, type CommandFailure } from '../failure.js';
import { collect, parseExchange, parsePairs, parseSymbol } from '../options.js';
import { asked, withServer, type ServerOptions } from '../server-access.js';
import { onServer } from '../strategies/options.js';
import { behindServer, pick } from '../strategies/shelf.js';

interface StartOptions extends ServerOptions {
  readonly exchange: string;
  readonly symbol: readonly string[];
  readonly param: readonly string[];
}

/** `wick strategy start STRATEGY --exchange X --symbol S …`: follow markets and tell the signals. */
export const strategyStart: RegisterCommand = (parent, world, done) => {
  const symbols = (text: string, known: readonly string[]): readonly string[] => [...known, parseSymbol(text)];
  onServer(parent.command('start'))
    .description('let a saved strategy follow markets on the server and tell its signals; it places no orders')
    .argument('<strategy>', 'its id or name')
    .requiredOption('--exchange <id>', 'exchange id, such as local or binance', parseExchange)
    .requiredOption('--symbol <symbol>', 'market, such as BTC/USDT; may be given several times', symbols, [])
    .option('--param <name=value>', 'a parameter of the strategy; may be given several times', collect, [])
    .action((wanted: string, options: StartOptions) =>
      done(
        withServer(world, options, async (wick) => {
          if (options.symbol.length === 0) return err(wrongUsage('--symbol: name at least one market'));
          const found = await pick(behindServer(wick), wanted);
          if (!found.ok) return found;
          const { document } = found.value;
          const params = valuesOf(isRules(document) ? document.params : null, options.param);
          if (!params.ok) return params;
          const markets = options.symbol.map((symbol) => ({ exchange: options.exchange, symbol }));
          const started = await asked(wick.strategies.start(found.value.id, { markets, params: params.value }));
          if (!started.ok) return started;
          const { name, running } = started.value;
          const where = running.map(({ exchange, symbol }) => `${exchange} ${symbol}`).join(', ');
          return ok({ json: started.value, text: `${name} follows ${where}` });
        }),
      ),
    );
};

/** Parameters as rules declare them (`null`: in code, which only the server reads); it checks their ranges. */
function valuesOf(
  declared: StrategyDocument['params'] | null,
  pairs: readonly string[],
): Result<Record<string, number | string | boolean>, CommandFailure> {
  const parsed = parsePairs(pairs);
  if (!parsed.ok) return parsed;
  const values: Record<string, number | string | boolean> = {};
  for (const [name, text] of Object.entries(parsed.value)) {
    const kind = declared === null ? kindOf(text) : Object.hasOwn(declared, name) ? declared[name]?.kind : undefined;
    if (kind === undefined) {
      const known = Object.keys(declared ?? {}).join(', ') || 'no parameters';
      return err(wrongUsage(`--param ${name}: the strategy has ${known}`));
    }
    if (kind === 'number' && (text.trim() === '' || !Number.isFinite(Number(text))))
      return err(wrongUsage(`--param ${name}: "${text}" is no number`));
    if (kind === 'flag' && text !== 'true' && text !== 'false')
      return err(wrongUsage(`--param ${name}: expected true or false, not "${text}"`));
    values[name] = kind === 'number' ? Number(text) : kind === 'flag' ? text === 'true' : text;
  }
  return ok(values);
}

/** What a text looks like. */
const kindOf = (text: string): 'number' | 'flag' | 'choice' =>
  text !== '' && Number.isFinite(Number(text)) ? 'number' : text === 'true' || text === 'false' ? 'flag' : 'choice';
