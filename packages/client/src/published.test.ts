import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Packing and compiling take a while on a busy machine. */
const TIMEOUT_MS = 180_000;
const OWN_PROGRAM = `
import { API, createWickSdk, describeFailure, type ClientFailure, type WickSdk } from '@wickworks/client';

const wick: WickSdk = createWickSdk({ baseUrl: 'http://127.0.0.1:8080' });
const answer = await wick.call(API.users.getUsers, { query: { limit: 5 } });
if (answer.ok) {
  const name: string = answer.value.items[0]?.username ?? '';
  console.log(name);
} else {
  const failure: ClientFailure = answer.error;
  console.log(describeFailure(failure));
}
// @ts-expect-error there is no such timeframe
wick.ohlcv.subscribe({ exchange: 'local', symbol: 'BTC/USDT', timeframe: '9m' }, {});
// @ts-expect-error there is no such field
await wick.call(API.users.getUsers, { query: { limt: 5 } });
`;

// What is published is tried as strangers have it: packed, installed outside of the repository, under strict settings.
describe('the published SDK', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wick-sdk-'));
  const home = join(folder, 'node_modules/@wickworks/client');
  const run = (command: string, args: readonly string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    const made = join(folder, 'made');
    execFileSync(process.execPath, [join(root, 'scripts/pack-client.mjs'), made], { cwd: root, stdio: 'pipe' });
    const [{ filename }] = JSON.parse(run('npm', ['pack', made, '--json'])) as [{ filename: string }];
    mkdirSync(home, { recursive: true });
    run('tar', ['-xzf', filename, '-C', home, '--strip-components=1']);
    mkdirSync(join(folder, 'node_modules/@types'));
    for (const [name, from] of [
      ['zod', 'packages/contracts/node_modules/zod'],
      ['ws', 'packages/client/node_modules/ws'],
      ['@types/ws', 'packages/client/node_modules/@types/ws'],
      ['@types/node', 'node_modules/@types/node'],
    ] as const)
      symlinkSync(realpathSync(join(root, from)), join(folder, 'node_modules', name));
    writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }');
    writeFileSync(join(folder, 'own.ts'), OWN_PROGRAM);
    const examples = readdirSync(join(home, 'examples'));
    expect(examples).toHaveLength(4);
    for (const name of examples)
      writeFileSync(join(folder, name.replace('.mjs', '.ts')), readFileSync(join(home, 'examples', name)));
  }, TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])(
    'has types for moduleResolution %s, and its examples fit them',
    (moduleResolution, module) => {
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'es2022', lib: ['es2023'], types: ['node'], noEmit: true },
        ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      expect(run(process.execPath, [tsc, '-p', '.'])).toBe('');
    },
    TIMEOUT_MS,
  );

  it('runs as it is, and names what it needs', () => {
    const program = `const { createWickSdk, API } = await import('@wickworks/client');
      const answer = await createWickSdk({ baseUrl: 'http://127.0.0.1:1' }).call(API.health.getHealth);
      console.log(answer.ok, answer.error.kind);`;
    expect(run(process.execPath, ['--input-type=module', '--eval', program])).toBe('false transport\n');
    const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: '@wickworks/client', license: 'Apache-2.0', type: 'module' });
    expect(manifest['dependencies']).toEqual({ zod: expect.stringMatching(/^\^4/) as unknown });
    expect(manifest).not.toHaveProperty('private');
    expect(readFileSync(join(home, 'README.md'), 'utf8')).not.toContain('](../');
  });
});
