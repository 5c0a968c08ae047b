import { loadConfig, readEnvironment } from '@wickworks/config';
import { lockFolder } from '@wickworks/db/preflight';
import { folderInUse } from './folder-in-use.js';

/** Why this start would be in vain: another server runs on the same folder. `null` when nothing is known against it. */
export function runningElsewhere(): string | null {
  const config = loadConfig(readEnvironment());
  // What is wrong with the settings is said by the start itself.
  if (!config.ok || config.value.redisUrl !== null) return null;
  const lock = lockFolder(config.value.dataDir);
  lock?.release();
  return lock ? null : folderInUse(config.value.dataDir);
}
