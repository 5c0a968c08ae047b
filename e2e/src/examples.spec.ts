import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startProduct, type Product } from './product.js';

// The examples that people copy from the documentation are run as they stand there; only the ports are replaced.

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** Inside e2e/, so that the examples find the packages they import. */
const folder = fileURLToPath(new URL('../.examples', import.meta.url));

interface Example {
  readonly language: string;
  readonly code: string;
}

let product: Product;
test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  product = await startProduct({ WICK_VENUE_SPEED: '30' });
});
test.afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await product.dispose();
});

/** Fenced blocks of a document, in order, with the addresses of the running product. */
function examplesOf(document: string): Example[] {
  const text = readFileSync(join(repository, document), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, code]) => ({
    language: language!,
    code: code!
      .replaceAll('127.0.0.1:8080', new URL(product.url).host)
      .replaceAll('127.0.0.1:8090', new URL(product.venueUrl).host),
  }));
}

const exampleOf = (document: string, language: string, holding: string): string => {
  const found = examplesOf(document).find((block) => block.language === language && block.code.includes(holding));
  expect(found, `${document} has a ${language} example with ${holding}`).toBeDefined();
  return found!.code;
};

/** Runs a program until it has printed `wanted`, then ends it; fails with its output otherwise. */
async function runUntil(command: string, args: readonly string[], wanted: RegExp): Promise<void> {
  // The test runner asks for colours, which the examples' readers do not see either.
  const env = { ...process.env, FORCE_COLOR: '0' };
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    await expect.poll(() => output, { timeout: 60_000 }).toMatch(wanted);
  } finally {
    child.kill();
  }
}

const saved = (name: string, code: string): string => {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
};

test('README: every curl call is answered', async () => {
  const script = exampleOf('README.md', 'sh', 'api/v1/exchanges');
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      'bash',
      ['-ec', script.replaceAll('curl ', 'curl -sS --fail-with-body -w "\\n" ')],
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
        else resolve(stdout);
      },
    );
  });
  expect(output).toContain('"id":"local"');
  expect(output).toContain('BTC/USDT');
  expect(output).toContain('"job"');
});

test('README: the SDK example prints markets and candles', async () => {
  const path = saved('sdk.ts', exampleOf('README.md', 'ts', 'createWickClient'));
  await runUntil(process.execPath, ['--import', import.meta.resolve('tsx'), path], /BTC\/USDT[\s\S]*(closed|forming)/);
});

test('README: the raw socket example in JavaScript prints candles', async () => {
  const path = saved('feed.mjs', exampleOf('README.md', 'js', '/ws/ohlcv'));
  await runUntil(process.execPath, [path], /snapshot[\s\S]*(closed|forming)/);
});

test('README: an unmodified CCXT program watches the venue', async () => {
  const path = saved('ccxt.mjs', exampleOf('README.md', 'js', 'ccxt'));
  await runUntil(process.execPath, [path], /\[\s*\[?\s*\d{13}/);
});

test('docs/websocket.md: the JavaScript client prints candles', async () => {
  const path = saved('client.mjs', exampleOf('docs/websocket.md', 'js', 'subscribe'));
  await runUntil(process.execPath, [path], /snapshot: \d+ candles/);
});

for (const [document, holding] of [
  ['README.md', '/ws/ohlcv'],
  ['docs/websocket.md', 'subscribe'],
] as const) {
  test(`${document}: the Python client prints candles`, async () => {
    const hasPython = spawnSync('python3', ['-c', 'import websockets']).status === 0;
    test.skip(!hasPython, 'needs python3 with the websockets package');
    const path = saved('client.py', exampleOf(document, 'python', holding));
    await runUntil('python3', ['-u', path], /candle|closed|forming/);
  });
}
