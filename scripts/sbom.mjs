// Writes what the product is made of as CycloneDX 1.6 JSON: `npm run -s sbom > sbom.cdx.json`. Versions and hashes are
// those of the lock file, licences those the installed packages name.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';

const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const lockText = read('bun.lock');
// JSON but for commas before closing brackets.
const lock = JSON.parse(lockText.replaceAll(/,(\s*[}\]])/g, '$1'));
const manifest = JSON.parse(read('package.json'));

/** `[name@version, registry, {dependencies …}, hash]` of everything that comes from a registry. */
const locked = Object.entries(lock.packages).filter(([, [, , , hash]]) => hash?.startsWith('sha512-'));
const split = (id) => ({ name: id.slice(0, id.lastIndexOf('@')), version: id.slice(id.lastIndexOf('@') + 1) });
const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;

/** Folders of installed packages by `name@version`; what follows a `+` tells copies with other peers apart. */
const installed = new Map(
  readdirSync(join(root, 'node_modules', '.bun')).map((folder) => [folder.replace(/(@[^+@]+)\+[^@]*$/, '$1'), folder]),
);

function licencesOf({ name, version }) {
  const folder = installed.get(`${name.replace('/', '+')}@${version}`);
  const path = folder && join('node_modules', '.bun', folder, 'node_modules', name, 'package.json');
  const { license } = path && existsSync(join(root, path)) ? JSON.parse(read(path)) : {};
  if (typeof license !== 'string' || /^(SEE|UNLICENSED)/.test(license)) return [];
  return / (OR|AND|WITH) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
}

/** What a package or workspace asks for, of what is locked: its own nested copy, else the common one. */
const idOf = (place, name) => (lock.packages[`${place}/${name}`] ?? lock.packages[name])?.[0];
const wanted = ({ dependencies = {}, optionalDependencies = {}, peerDependencies = {} }) =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });

/** Everything that the workspaces need to run, found by walking from their dependencies; the rest builds and tests. */
function neededToRun() {
  const needed = new Set();
  const queue = Object.values(lock.workspaces)
    .filter(({ name }) => !['wickworks', '@wickworks/bench', '@wickworks/e2e'].includes(name))
    .flatMap((workspace) => Object.keys({ ...workspace.dependencies }).map((name) => [workspace.name, name]));
  while (queue.length > 0) {
    const [place, name] = queue.pop();
    const key = lock.packages[`${place}/${name}`] ? `${place}/${name}` : name;
    if (needed.has(key) || !lock.packages[key]) continue;
    needed.add(key);
    for (const next of wanted(lock.packages[key][2] ?? {})) queue.push([key, next]);
  }
  return new Set([...needed].map((key) => lock.packages[key][0]));
}

const needed = neededToRun();
const components = new Map();
for (const [, [id, , , hash]] of locked) {
  const { name, version } = split(id);
  const licenses = licencesOf({ name, version });
  components.set(id, {
    ...{ type: 'library', 'bom-ref': purlOf({ name, version }), name, version, purl: purlOf({ name, version }) },
    scope: needed.has(id) ? 'required' : 'excluded',
    hashes: [{ alg: 'SHA-512', content: Buffer.from(hash.slice('sha512-'.length), 'base64').toString('hex') }],
    ...(licenses.length > 0 && { licenses }),
  });
}
const dependencies = new Map();
for (const [key, [id, , facts]] of locked) {
  const refs = wanted(facts ?? {})
    .map((name) => idOf(key, name))
    .filter((found) => found !== undefined && components.has(found));
  const known = dependencies.get(id) ?? new Set();
  for (const found of refs) known.add(purlOf(split(found)));
  dependencies.set(id, known);
}

// The same lock file gives the same document: its serial number is made of it.
const digest = createHash('sha256').update(lockText).digest('hex');
const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
const document = {
  ...{ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6' },
  ...{ serialNumber: `urn:uuid:${uuid}`, version: 1 },
  metadata: {
    component: {
      ...{ type: 'application', 'bom-ref': 'wickworks', name: manifest.name, version: manifest.version },
      licenses: [{ license: { id: manifest.license } }],
    },
  },
  components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  dependencies: [...dependencies].map(([id, refs]) => ({ ref: purlOf(split(id)), dependsOn: [...refs].sort() })),
};
console.log(JSON.stringify(document, null, 2));
