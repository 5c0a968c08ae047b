import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { leaveOut, type Cut } from './leave-out.js';

const CODE = 'export const used = 1;\nconst odd = globalThis.odd();\n';

/** What a build of that one module writes. */
async function built(cuts: readonly Cut[]): Promise<string> {
  const outputs = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'one-module',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('library') ? '/library' : null),
        load: (id) => (id === '/library' ? CODE : null),
      },
      leaveOut(cuts),
    ],
    build: { write: false, lib: { entry: 'library', formats: ['es'] } },
  });
  if (!Array.isArray(outputs)) throw new Error('one build of one format');
  return outputs.map(({ output }) => output[0].code).join('');
}

describe('leaveOut', () => {
  it('leaves a piece of a library out', async () => {
    expect(await built([])).toContain('globalThis.odd()');
    expect(await built([{ module: /library$/, from: /const odd = .*/, to: '' }])).not.toContain('odd');
  });

  it('fails the build when the library no longer has it', async () => {
    await expect(built([{ module: /library$/, from: 'renamed', to: '' }])).rejects.toThrow(
      /leaves out what no library has any more: renamed/,
    );
  });
});
