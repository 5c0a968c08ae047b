import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes `folder` and what is missing above it, level by level: Node's own way never returns where the system lets nobody
 * make anything and answers as if what is above did not exist, as in `/proc`. Throws the system's error.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else was first.
    if (!existsSync(folder)) throw error;
  }
}
