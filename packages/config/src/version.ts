import { readFileSync } from 'node:fs';

/** The version that a package file states; `unknown` when it states none. */
export function readVersion(packageFile: URL): string {
  const json: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  return typeof json === 'object' && json !== null && 'version' in json ? String(json.version) : 'unknown';
}
