import { err, ok, type Result } from '@wickworks/core';
import {
  findIndicator,
  indicators,
  NO_INTENTS,
  parseParams,
  type ParamValues,
  type Series,
  type Strategy,
  type StrategyContext,
  type StrategyDefinition,
  type StrategySetup,
} from '@wickworks/engine';
import { transform } from 'sucrase';
import type { QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import { GUEST } from './guest.js';
import { GuestWanted, parseDeclaration, parseIntents } from './parse-guest.js';
import { Guest, GuestFault, loadEngine, type GuestLimits } from './vm.js';

/** A strategy that runs in its jail wherever a {@link StrategyDefinition} runs. */
export interface JailedStrategy {
  readonly definition: StrategyDefinition;
  /** What it printed with `console.log` since last asked. */
  takeLines(): readonly string[];
  /** Ends all its worlds; the definition is of no use afterwards. */
  dispose(): void;
}

/** One thing that is wrong with a source, as a sentence naming line or field. */
export interface SourceIssue {
  readonly message: string;
  /** Counted from 1; null where the fault has no place, or the place of its column is lost with the types. */
  readonly line: number | null;
  readonly column: number | null;
}

/** Why a source is no strategy. */
export interface StrategySourceFault {
  readonly kind: 'bad-source';
  readonly issues: readonly SourceIssue[];
}

export const DEFAULT_LIMITS: GuestLimits = { memoryBytes: 64 * 1024 * 1024, fuelPerCall: 2_000 };

const MODULES = {
  wickworks: 'export const defineStrategy = (definition) => definition; export const NO_INTENTS = Object.freeze([]);',
};
const SOURCE_BYTES_MAX = 256 * 1024;
const OUTGOING_VALUES = 8_192;
const CANDLE_VALUES = 6;

/**
 * Reads a strategy written in JavaScript or TypeScript (types are stripped, not checked). The file imports nothing
 * but `wickworks` and exports `defineStrategy({id, title, params, warmup, create})` as default; see docs/strategies.md.
 * A strategy that throws or never ends later on throws {@link GuestFault} out of `warmup`, `create` or `onCandle`:
 * the strategy ends there, its host goes on.
 */
export async function loadStrategy(
  source: string,
  limits: GuestLimits = DEFAULT_LIMITS,
): Promise<Result<JailedStrategy, StrategySourceFault>> {
  const bad = (...messages: string[]): Result<never, StrategySourceFault> =>
    err({ kind: 'bad-source', issues: messages.map((message) => ({ message, line: null, column: null })) });
  const badAt = (message: string, line: number | null, column: number | null): Result<never, StrategySourceFault> =>
    err({ kind: 'bad-source', issues: [{ message, line, column }] });
  if (source.length > SOURCE_BYTES_MAX) return bad(`the source is longer than ${SOURCE_BYTES_MAX} characters`);
  let code: string;
  try {
    code = transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line, column] = /\((\d+):(\d+)\)/.exec(message) ?? [];
    return line === undefined ? bad(message) : badAt(message, Number(line), Number(column));
  }
  const quickjs = await loadEngine();
  const worlds: World[] = [];
  const open = (): World => {
    const world = new World(quickjs, code, limits);
    worlds.push(world);
    return world;
  };
  try {
    // This one is only asked; every run gets a world of its own, so that no run sees what another left behind.
    const asked = open();
    const declared = parseDeclaration(asked.declaration);
    if ('faults' in declared) return bad(...declared.faults);
    const definition: StrategyDefinition = {
      ...declared.value,
      warmup: (params) => asked.warmup(params),
      create: (setup, params) => new JailedRun(open(), setup, params),
    };
    return ok({
      definition,
      takeLines: () => worlds.flatMap((world) => world.takeLines()),
      dispose: () => {
        for (const world of worlds.splice(0)) world.dispose();
      },
    });
  } catch (error) {
    for (const world of worlds) world.dispose();
    if (error instanceof GuestFault) {
      const { message, place } = error;
      if (place === null) return bad(message);
      const lineOf = (text: string): string | undefined => text.split('\n')[place.line - 1];
      // Where types were stripped the columns have moved.
      return badAt(message, place.line, lineOf(source) === lineOf(code) ? place.column : null);
    }
    throw error;
  }
}

/** A guest with the strategy's code in it, and the handles of the bridge. */
class World {
  readonly #guest: Guest;
  readonly #bridge: QuickJSHandle;
  readonly #functions = new Map<string, QuickJSHandle>();
  readonly #integers = new Map<number, QuickJSHandle>();
  readonly #kept: QuickJSHandle[] = [];
  /** JSON text of id, title and parameters. */
  readonly declaration: string;

  constructor(quickjs: QuickJSWASMModule, code: string, limits: GuestLimits) {
    this.#guest = new Guest(quickjs, limits, MODULES);
    this.#bridge = this.#guest.evaluate(GUEST, 'guest.js', 'global');
    try {
      const exports = this.#guest.evaluate(code, 'strategy.ts', 'module');
      const exported = this.#guest.context.getProp(exports, 'default');
      exports.dispose();
      this.#kept.push(exported);
      this.declaration = this.text('declare', exported);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  warmup(params: ParamValues): number {
    return this.number('warmup', this.#string(JSON.stringify(params)));
  }

  /** Begins a run; JSON text of what it wants of indicators. */
  create(symbols: readonly string[], params: ParamValues): string {
    const outputs = [...indicators.values()].map(({ id, outputs: named }) => [id, Object.keys(named)]);
    const texts = [symbols, params, outputs].map((value) => this.#string(JSON.stringify(value)));
    return this.text('create', ...texts);
  }

  push(rows: Float64Array, market: number, count: number): void {
    this.#withBuffer(rows, (buffer) =>
      this.#call('push', buffer, this.#integer(market), this.#integer(count)).dispose(),
    );
  }

  tick(account: Float64Array, market: number): number {
    return this.#withBuffer(account, (buffer) => this.number('tick', buffer, this.#integer(market)));
  }

  intents(): string {
    return this.text('intents');
  }

  takeLines(): string[] {
    return (JSON.parse(this.text('lines')) as unknown[]).map(String);
  }

  dispose(): void {
    for (const handle of [...this.#functions.values(), ...this.#integers.values(), ...this.#kept, this.#bridge])
      handle.dispose();
    this.#guest.dispose();
  }

  text(name: string, ...args: QuickJSHandle[]): string {
    return this.#call(name, ...args).consume((handle) => this.#guest.context.getString(handle));
  }

  number(name: string, ...args: QuickJSHandle[]): number {
    return this.#call(name, ...args).consume((handle) => this.#guest.context.getNumber(handle));
  }

  #call(name: string, ...args: QuickJSHandle[]): QuickJSHandle {
    let handle = this.#functions.get(name);
    if (!handle) {
      handle = this.#guest.context.getProp(this.#bridge, name);
      this.#functions.set(name, handle);
    }
    return this.#guest.call(this.#bridge, handle, ...args);
  }

  /** Hands a copy of `values` in. */
  #withBuffer<T>(values: Float64Array, use: (buffer: QuickJSHandle) => T): T {
    const bytes = values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength);
    const buffer = this.#guest.context.newArrayBuffer(bytes);
    // Not `consume`: it keeps the handle when its callback throws.
    try {
      return use(buffer);
    } finally {
      buffer.dispose();
    }
  }

  /** A small number in the guest: made once. */
  #integer(value: number): QuickJSHandle {
    let handle = this.#integers.get(value);
    if (!handle) {
      handle = this.#guest.context.newNumber(value);
      this.#integers.set(value, handle);
    }
    return handle;
  }

  /** A string in the guest; freed with the world. */
  #string(text: string): QuickJSHandle {
    const handle = this.#guest.context.newString(text);
    this.#kept.push(handle);
    return handle;
  }
}

/** The host's end of one run. The guest is told candles and indicator values as they close, never one ahead. */
class JailedRun implements Strategy {
  readonly #world: World;
  readonly #symbols: readonly string[];
  readonly #outgoing = new Float64Array(OUTGOING_VALUES);
  /** Outputs wanted per market, in the order the guest knows them. */
  readonly #series: readonly Series[][];
  /** Candles told so far per market. */
  readonly #told: number[];

  constructor(world: World, setup: StrategySetup, params: ParamValues) {
    this.#world = world;
    this.#symbols = setup.symbols;
    this.#told = setup.symbols.map(() => 0);
    this.#series = setup.symbols.map(() => []);
    const wanted = world.create(setup.symbols, params);
    for (const { market, id, params: raw } of GuestWanted.parse(JSON.parse(wanted))) {
      const found = findIndicator(id);
      if (!found) throw new GuestFault('error', `there is no indicator "${id}"`);
      const parsed = parseParams(found, raw);
      if (!parsed.ok) {
        const [issue] = parsed.error;
        throw new GuestFault('error', `indicator ${id}: ${issue?.field ?? ''}: ${issue?.message ?? 'bad parameters'}`);
      }
      const outputs = setup.indicator(setup.symbols[market]!, found, parsed.value);
      for (const name of Object.keys(found.outputs)) this.#series[market]!.push(outputs[name]!);
    }
    if (this.#series.some((list) => CANDLE_VALUES + list.length > OUTGOING_VALUES))
      throw new GuestFault('error', 'it wants too many indicators');
  }

  onCandle(context: StrategyContext) {
    this.#tellCandles(context);
    const account = this.#account(context);
    if (this.#world.tick(account, context.market) === 0) return NO_INTENTS;

    const parsed = parseIntents(this.#world.intents());
    if ('faults' in parsed) throw new GuestFault('error', parsed.faults.join('; '));
    return parsed.value;
  }

  #tellCandles({ market, index, candles }: StrategyContext): void {
    const series = this.#series[market]!;
    const width = CANDLE_VALUES + series.length;
    const rowsMax = Math.floor(OUTGOING_VALUES / width);
    let next = this.#told[market]!;
    while (next <= index) {
      const out = this.#outgoing;
      const rows = Math.min(rowsMax, index + 1 - next);
      for (let row = 0, at = 0; row < rows; row++, next++) {
        out[at++] = candles.time[next]!;
        out[at++] = candles.open[next]!;
        out[at++] = candles.high[next]!;
        out[at++] = candles.low[next]!;
        out[at++] = candles.close[next]!;
        out[at++] = candles.volume[next]!;
        for (const { values } of series) out[at++] = values[next]!;
      }
      this.#world.push(out.subarray(0, rows * width), market, rows);
    }
    this.#told[market] = next;
  }

  /** As the guest's `tick` reads it. */
  #account(context: StrategyContext): Float64Array {
    const out = this.#outgoing;
    out[0] = context.timeMs;
    out[1] = context.cash;
    out[2] = context.equity;
    out[3] = context.buyingPower;
    let at = 4;
    for (const symbol of this.#symbols) {
      const orders = context.ordersOf(symbol);
      if (at + 3 + orders.length > OUTGOING_VALUES) throw new GuestFault('error', 'it has too many working orders');
      out[at++] = context.positionOf(symbol);
      out[at++] = context.entryPriceOf(symbol);
      out[at++] = orders.length;
      for (const id of orders) out[at++] = id;
    }
    return out.subarray(0, at);
  }
}
