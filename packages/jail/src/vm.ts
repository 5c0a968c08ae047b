import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';

/** Why guest code was stopped. */
export class GuestFault extends Error {
  readonly kind: 'error' | 'too-long' | 'too-much-memory';
  /** Where in the code as it ran, counted from 1. */
  readonly place: { readonly line: number; readonly column: number } | null;

  constructor(kind: GuestFault['kind'], message: string, place: GuestFault['place'] = null) {
    super(message);
    this.name = 'GuestFault';
    this.kind = kind;
    this.place = place;
  }
}

export interface GuestLimits {
  /** Bytes the guest may allocate. */
  readonly memoryBytes: number;
  /** Work per call, in units of some ten thousand steps of the interpreter: counted, not timed, so that every run ends alike. */
  readonly fuelPerCall: number;
}

/** The interpreter's own count; its host's stack, which is deeper per frame, must never be the first to end. */
const STACK_BYTES = 96 * 1024;

/** An interpreter of its own: should one strategy ever bring it down, no other shares it. Later calls are synchronous. */
export const loadEngine = (): Promise<QuickJSWASMModule> => newQuickJSWASMModuleFromVariant(variant);

/**
 * One isolated JavaScript world. It has the language and nothing else: no network, files, clock, timers or host
 * objects; memory, stack and work are limited.
 */
export class Guest {
  readonly #runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly #limits: GuestLimits;
  #fuel = 0;

  constructor(quickjs: QuickJSWASMModule, limits: GuestLimits, modules: Readonly<Record<string, string>>) {
    this.#limits = limits;
    this.#runtime = quickjs.newRuntime({
      memoryLimitBytes: limits.memoryBytes,
      maxStackSizeBytes: STACK_BYTES,
      interruptHandler: () => --this.#fuel < 0,
      moduleLoader: (name) => {
        const source = modules[name];
        if (source === undefined) {
          const known = Object.keys(modules).join(', ');
          return { error: new Error(`strategies import nothing but "${known}"; "${name}" does not exist here`) };
        }
        return source;
      },
    });
    this.context = this.#runtime.newContext();
  }

  /** Evaluates a script (or module) and gives its value (or namespace), which the caller disposes of. */
  evaluate(code: string, file: string, type: 'global' | 'module'): QuickJSHandle {
    this.#fuel = this.#limits.fuelPerCall;
    return this.#unwrap(this.context.evalCode(code, file, { type }));
  }

  /** Calls a guest function; the caller disposes of the answer. */
  call(self: QuickJSHandle, name: QuickJSHandle, ...args: QuickJSHandle[]): QuickJSHandle {
    this.#fuel = this.#limits.fuelPerCall;
    return this.#unwrap(this.context.callFunction(name, self, ...args));
  }

  dispose(): void {
    this.context.dispose();
    this.#runtime.dispose();
  }

  #unwrap(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
    if (!result.error) return result.value;
    const thrown: unknown = result.error.consume((handle) => this.context.dump(handle) as unknown);
    throw faultOf(thrown, this.#fuel < 0);
  }
}

function faultOf(thrown: unknown, isOutOfFuel: boolean): GuestFault {
  const { name, message, stack } = fieldsOf(thrown);
  if (isOutOfFuel || (name === 'InternalError' && message === 'interrupted'))
    return new GuestFault('too-long', 'it worked too long on one call (an endless loop?)');
  if (message === 'out of memory') return new GuestFault('too-much-memory', 'it needs more memory than it may have');
  const [, line, column] = /strategy\.[jt]s:(\d+):(\d+)/.exec(stack) ?? [];
  if (line === undefined) return new GuestFault('error', `${name}: ${message}`);
  const place = { line: Number(line), column: Number(column) };
  return new GuestFault('error', `${name}: ${message} (line ${line})`, place);
}

function fieldsOf(thrown: unknown): { name: string; message: string; stack: string } {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: String(thrown), stack: '' };
  const text = (field: string): string => {
    const value: unknown = Reflect.get(thrown, field);
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name') || 'Error', message: text('message') || 'no message', stack: text('stack') };
}
