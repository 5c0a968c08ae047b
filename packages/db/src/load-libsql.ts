import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import type Libsql from 'libsql';

// Required, not imported: to import a CommonJS module Node first looks for its names, which takes longer than loading it.
const load = createRequire(import.meta.url);

/**
 * libSQL's native driver. To choose between its two builds for Linux it has Node write a whole diagnostic report and
 * loads what starts processes, which takes longer than the driver itself; the head of Node's own executable says the
 * same. Where that says nothing (other systems, an unusual Node) the driver asks as it always does.
 */
export const loadLibsql = (): typeof Libsql => (driver ??= findDriver());

let driver: typeof Libsql | undefined;

function findDriver(): typeof Libsql {
  const libc = process.env['LIBSQL_JS_DEV'] === undefined && process.platform === 'linux' ? ownLibc() : null;
  const told = libc !== null && loadTold(libc);
  return told ? told : (load('libsql') as typeof Libsql);
}

/** The C library that Node runs on, `null` when its executable does not say so for certain. */
export type Libc = 'gnu' | 'musl';

/** Loads the driver with the answers to its two questions in place of those who would find them. */
function loadTold(libc: Libc): typeof Libsql | null {
  const family = { gnu: 'glibc', musl: 'musl' }[libc];
  const answers = {
    '@neon-rs/load': { currentTarget: () => `linux-${process.arch}-${libc}` },
    'detect-libc': { GLIBC: 'glibc', MUSL: 'musl', familySync: () => family },
  };
  const placed: string[] = [];
  try {
    const inside = createRequire(load.resolve('libsql'));
    for (const [name, exports] of Object.entries(answers)) {
      const path = inside.resolve(name);
      if (load.cache[path]) continue;
      load.cache[path] = Object.assign(new Module(path), { exports, loaded: true });
      placed.push(path);
    }
    return load('libsql') as typeof Libsql;
  } catch {
    return null; // asked again without our help, it tells what is missing
  } finally {
    for (const path of placed) Reflect.deleteProperty(load.cache, path);
  }
}

function ownLibc(): Libc | null {
  if (process.arch !== 'x64' && process.arch !== 'arm64') return null;
  const head = new Uint8Array(4096);
  try {
    const file = openSync(process.execPath, 'r');
    try {
      return libcOf(head.subarray(0, readSync(file, head)));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

const PROGRAM_INTERPRETER = 3;

/**
 * The C library whose loader is named in the first bytes of a 64-bit little-endian ELF executable (System V ABI,
 * "Program Header"), `null` when they are none, name none or one we do not know.
 */
export function libcOf(head: Uint8Array): Libc | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 64 || view.getUint32(0) !== 0x7f454c46 || view.getUint16(4) !== 0x0201) return null;
  const [first, size, count] = [
    Number(view.getBigUint64(32, true)),
    view.getUint16(54, true),
    view.getUint16(56, true),
  ];
  for (let at = first, left = count; left > 0 && at + 40 <= head.length; at += size, left--) {
    if (view.getUint32(at, true) !== PROGRAM_INTERPRETER) continue;
    const from = Number(view.getBigUint64(at + 8, true));
    const to = from + Number(view.getBigUint64(at + 32, true));
    if (to > head.length) return null;
    const [, family] =
      /\/ld-(linux|musl)-[\w-]+\.so\.\d\0$/.exec(String.fromCharCode(...head.subarray(from, to))) ?? [];
    return family === undefined ? null : family === 'musl' ? 'musl' : 'gnu';
  }
  return null;
}
