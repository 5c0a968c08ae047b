// Every row of docs/security/asvs.md points to tests that exist: each link leads to a test file, and each name quoted
// after it is (part of) the name of a test in that file. Every requirement of levels 1 and 2 has its place, once.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/run.mjs';

const PAGE = 'docs/security/asvs.md';
const STATES = ['yes', 'in part', 'open', 'not applicable'];
const read = (path) => readFileSync(join(root, path), 'utf8');

/** How many requirements the sections of chapters 1 to 17 of ASVS 5.0.0 have. */
const SECTIONS = [
  [2, 10, 12, 3, 3],
  [3, 3, 5, 2],
  [1, 3, 5, 8, 8, 1, 5],
  [5, 5, 2, 4],
  [1, 6, 3, 3],
  [3, 12, 8, 6, 8, 4, 2, 4],
  [3, 4, 2, 5, 3, 2],
  [4, 4, 3, 2],
  [3, 4],
  [2, 3, 5, 16, 5, 2, 3],
  [4, 5, 5, 4, 2, 2, 2],
  [5, 2, 5],
  [4, 6, 4, 7],
  [2, 8, 3],
  [5, 5, 7, 4],
  [1, 5, 4, 3, 4],
  [2, 8, 2],
];
/** Those of level 3 alone. */
const LEVEL_3 = new Set(
  `1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.6.1 3.7.3 3.7.4 3.7.5
    4.1.4 4.1.5 4.2.2 4.2.3 4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6 6.5.6
    6.5.7 6.5.8 6.6.4 6.7.1 6.7.2 7.5.3 8.1.3 8.1.4 8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13
    10.4.14 10.4.15 10.4.16 11.1.3 11.1.4 11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 11.6.2 11.7.1 11.7.2 12.1.4
    12.1.5 12.3.5 13.1.2 13.1.3 13.1.4 13.2.6 13.3.3 13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 15.1.4
    15.1.5 15.2.4 15.2.5 15.4.1 15.4.2 15.4.3 15.4.4 16.5.4 17.1.2 17.2.5 17.2.6 17.2.7 17.2.8`.split(/\s+/),
);
const wanted = SECTIONS.flatMap((sections, chapter) =>
  sections.flatMap((size, section) =>
    Array.from({ length: size }, (_, index) => `${chapter + 1}.${section + 1}.${index + 1}`),
  ),
).filter((id) => !LEVEL_3.has(id));

/** Rows of tables that begin with a requirement's number, as their cells. */
const rows = read(PAGE)
  .split('\n')
  .filter((line) => /^\| V?\d+\.\d+/.test(line))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** Texts a call begins with: what tests and their groups are called, and more. */
const titlesOf = (text) =>
  [...text.matchAll(/\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?)\1\s*,/g)].map(([, , title]) =>
    title.replace(/\\(['"`])/g, '$1'),
  );

const faults = [];
for (const [number, , state, , evidence = ''] of rows) {
  const say = (fault) => faults.push(`${PAGE}: ${number}: ${fault}`);
  if (!STATES.includes(state)) say(`"${state}" is none of ${STATES.join(', ')}`);
  const links = [...evidence.matchAll(/\[[^\]]+\]\(([^)]+)\)((?: “[^”]+”,?)*)/g)];
  if (state === 'yes' && links.length === 0) say('is said to be so without evidence');
  for (const [, target, names] of links) {
    const path = join(dirname(PAGE), target);
    if (!existsSync(join(root, path))) say(`${target} leads nowhere`);
    else if (/\.test\.tsx?$|\.spec\.ts$/.test(path)) {
      const titles = titlesOf(read(path));
      const quoted = [...names.matchAll(/“([^”]+)”/g)].map(([, name]) => name);
      if (quoted.length === 0) say(`names no test of ${target}`);
      for (const name of quoted)
        if (!titles.some((title) => title.includes(name))) say(`${target} has no test “${name}”`);
    }
  }
}
const listed = rows.flatMap(([ids]) => ids.split(', '));
for (const id of wanted) if (!listed.includes(id)) faults.push(`${PAGE}: ${id} is missing`);
for (const [index, id] of listed.entries())
  if (!wanted.includes(id) || listed.indexOf(id) !== index) faults.push(`${PAGE}: ${id} is there twice, or is none`);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
