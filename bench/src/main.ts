import { readdirSync } from 'node:fs';
import type { BenchResult } from './bench.js';

interface BenchModule {
  run(): Promise<BenchResult>;
}

const here = new URL('.', import.meta.url);
const known = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
  .sort();

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('-'));
const unknown = [
  ...names.filter((name) => !known.includes(name)),
  ...args.filter((arg) => arg.startsWith('-') && arg !== '--json'),
];
if (unknown.length > 0) {
  console.error(`unknown benchmark or option: ${unknown.join(', ')}. Known: ${known.join(', ')}; option: --json`);
  process.exit(2);
}

for (const name of names.length > 0 ? names : known) {
  const module = (await import(new URL(`${name}.bench.ts`, here).href)) as BenchModule;
  const result = await module.run();
  if (json) console.log(JSON.stringify(result));
  else print(result);
}
process.exit(0);

function print({ name, cases }: BenchResult): void {
  console.log(`\n${name}`);
  console.table(
    cases.map((c) => ({
      case: c.case,
      ours: `${c.value.toPrecision(4)} ${c.unit}`,
      peer: `${c.peer}: ${c.peerValue.toPrecision(4)} ${c.unit}`,
      'ratio (more is better)': Number(c.ratio.toPrecision(3)),
    })),
  );
}
