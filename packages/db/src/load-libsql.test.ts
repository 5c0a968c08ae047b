import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { libcOf, loadLibsql } from './load-libsql.js';

/** The head of a 64-bit executable whose second program header names `loader`. */
function executable(loader: string): Uint8Array {
  const head = new Uint8Array(512);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0x7f454c46);
  view.setUint16(4, 0x0201);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 2, true);
  view.setUint32(64, 6, true);
  view.setUint32(120, 3, true);
  view.setBigUint64(128, 300n, true);
  view.setBigUint64(152, BigInt(loader.length + 1), true);
  head.set(new TextEncoder().encode(loader), 300);
  return head;
}

describe('libcOf', () => {
  it.each([
    ['/lib64/ld-linux-x86-64.so.2', 'gnu'],
    ['/lib/ld-linux-aarch64.so.1', 'gnu'],
    ['/nix/store/9xlp-glibc-2.38/lib/ld-linux-x86-64.so.2', 'gnu'],
    ['/lib/ld-musl-x86_64.so.1', 'musl'],
    ['/lib/ld-musl-aarch64.so.1', 'musl'],
    ['/system/bin/linker64', null],
    ['/lib/ld-linux-x86-64.so.2.old', null],
    ['', null],
  ])('%s: %s', (loader, libc) => {
    expect(libcOf(executable(loader))).toBe(libc);
  });

  it('is certain of nothing in other files, and in heads cut off before the name ends', () => {
    const whole = executable('/lib/ld-musl-x86_64.so.1');
    for (let length = 0; length < 300 + 25; length++) expect(libcOf(whole.subarray(0, length))).toBeNull();
    expect(libcOf(new TextEncoder().encode('#!/bin/sh\n'.repeat(40)))).toBeNull();
    const is32Bit = whole.slice();
    is32Bit[4] = 1;
    expect(libcOf(is32Bit)).toBeNull();
  });

  it('bears any damage', () => {
    const places = fc.array(fc.tuple(fc.nat(511), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(places, (damage) => {
        const head = executable('/lib64/ld-linux-x86-64.so.2');
        for (const [at, byte] of damage) head[at] = byte;
        expect(['gnu', null]).toContain(libcOf(head));
      }),
    );
  });

  it.runIf(process.platform === 'linux')('says of this Node what its own report says', () => {
    const file = openSync(process.execPath, 'r');
    const head = new Uint8Array(4096);
    readSync(file, head);
    closeSync(file);
    const { header } = process.report.getReport() as unknown as { header: object };
    expect(libcOf(head)).toBe('glibcVersionRuntime' in header ? 'gnu' : 'musl');
  });
});

describe('loadLibsql', () => {
  it('gives the driver that anybody who requires it gets', () => {
    const Sqlite = loadLibsql();
    expect(loadLibsql()).toBe(Sqlite);
    const database = new Sqlite(':memory:');
    expect(database.prepare('SELECT 1 AS one').get()).toMatchObject({ one: 1 });
    database.close();
  });

  /** Runs `code` in a process of its own, where `loadLibsql` and `reports` (how often Node was asked for one) are at hand. */
  const inProcess = (code: string): unknown => {
    const url = new URL('./load-libsql.ts', import.meta.url).href;
    const script = `
      import { createRequire } from 'node:module';
      const { loadLibsql } = await import(${JSON.stringify(url)});
      const require = createRequire(${JSON.stringify(url)});
      const write = process.report.getReport.bind(process.report);
      let reports = 0;
      process.report.getReport = (...given) => (reports++, write(...given));
      const natives = () => Object.keys(require.cache).filter((path) => path.endsWith('.node'));
      const isHidden = () => Object.keys(require.cache).every((path) => !path.includes('detect-libc') && !path.includes('neon-rs'));
      ${code}`;
    const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  };

  it.runIf(process.platform === 'linux')(
    'loads the build that libSQL itself would choose, and writes no report',
    () => {
      const plain = inProcess(`require('libsql'); console.log(JSON.stringify([reports > 0, natives()]));`);
      expect(plain).toEqual([true, [expect.stringContaining('index.node')]]);
      const [, natives] = plain as [boolean, string[]];
      const ours = `loadLibsql(); console.log(JSON.stringify([reports, natives(), isHidden()]));`;
      expect(inProcess(ours)).toEqual([0, natives, true]);
      expect(inProcess(`require('libsql'); ${ours}`)).toEqual([1, natives, false]);
    },
  );

  it.runIf(process.platform === 'linux')('lets libSQL ask where the executable says nothing, or cannot be read', () => {
    for (const path of [import.meta.filename, '/nowhere'])
      expect(
        inProcess(
          `process.execPath = ${JSON.stringify(path)}; const Sqlite = loadLibsql(); new Sqlite(':memory:').close();
          console.log(JSON.stringify([reports, natives().length]));`,
        ),
      ).toEqual([1, 1]);
  });
});
