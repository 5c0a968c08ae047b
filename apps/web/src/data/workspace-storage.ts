import * as z from 'zod';
import { DEFAULT_WORKSPACE, Workspace } from './workspace-schema.js';

/** Raised when a field changes its meaning; older saves then fall back to defaults field by field. */
const VERSION = 1;
export const WORKSPACE_STORAGE_KEY = 'wickworks.workspace';

const Saved = z.object({ version: z.literal(VERSION), workspace: z.record(z.string(), z.unknown()) });

/**
 * The saved workspace; each field that is missing or no longer valid takes its default, so that one bad value
 * never costs the others. Storage that is blocked or full of something else gives the defaults.
 */
export function loadWorkspace(storage: Pick<Storage, 'getItem'> | undefined): Workspace {
  const saved = Saved.safeParse(readJson(storage));
  if (!saved.success) return DEFAULT_WORKSPACE;
  const sound = Object.entries(Workspace.shape).flatMap(([name, schema]) => {
    const field = z.safeParse(schema, saved.data.workspace[name]);
    return field.success ? [[name, field.data] as const] : [];
  });
  return Workspace.parse({ ...DEFAULT_WORKSPACE, ...Object.fromEntries(sound) });
}

/** Saves `workspace`; a full or blocked storage loses it silently, which costs the next visit its settings only. */
export function saveWorkspace(storage: Pick<Storage, 'setItem'> | undefined, workspace: Workspace): void {
  try {
    storage?.setItem(WORKSPACE_STORAGE_KEY, JSON.stringify({ version: VERSION, workspace }));
  } catch {
    // Private windows may forbid storage; the page works without it.
  }
}

function readJson(storage: Pick<Storage, 'getItem'> | undefined): unknown {
  try {
    return JSON.parse(storage?.getItem(WORKSPACE_STORAGE_KEY) ?? 'null');
  } catch {
    return null;
  }
}
