import type { DBSchema, IDBPDatabase } from 'idb';
import { useCallback, useEffect, useState } from 'react';
import type { TestReport } from './engine-worker-protocol.js';

/** A run that was put aside to compare others with, kept in this browser until it is removed. */
export interface KeptRun {
  readonly id: number;
  readonly title: string;
  readonly report: Pick<TestReport, 'setup' | 'metrics' | 'equity' | 'resultHash'>;
}

interface Schema extends DBSchema {
  runs: { key: number; value: KeptRun };
}

/** A new version of what a report holds begins with an empty shelf: what is no longer read is not kept. */
const DATABASE = { name: 'wickworks-kept-runs', version: 1 } as const;

async function openShelf(): Promise<IDBPDatabase<Schema>> {
  const { openDB } = await import('idb');
  return openDB<Schema>(DATABASE.name, DATABASE.version, {
    upgrade(database) {
      for (const name of database.objectStoreNames) database.deleteObjectStore(name);
      database.createObjectStore('runs', { keyPath: 'id' });
    },
  });
}

/** Opens the shelf for one thing; `false`: the browser keeps nothing (private window, full disk). */
async function withShelf(handle: (shelf: IDBPDatabase<Schema>) => Promise<unknown>): Promise<boolean> {
  try {
    const shelf = await openShelf();
    try {
      await handle(shelf);
    } finally {
      shelf.close();
    }
    return true;
  } catch {
    return false;
  }
}

interface KeptRuns {
  /** In the order in which they were kept. */
  readonly runs: readonly KeptRun[];
  /** This browser keeps nothing: they are gone with the page. */
  readonly isFleeting: boolean;
  readonly keep: (title: (id: number) => string, report: TestReport) => void;
  readonly forget: (id: number) => void;
}

/** The runs kept in this browser, there again after a reload. */
export function useKeptRuns(): KeptRuns {
  const [runs, setRuns] = useState<readonly KeptRun[]>([]);
  const [isFleeting, setFleeting] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    void withShelf(async (shelf) => {
      const stored = await shelf.getAll('runs');
      if (isCurrent) setRuns((now) => [...stored.filter(({ id }) => !now.some((run) => run.id === id)), ...now]);
    }).then((isKept) => {
      if (isCurrent) setFleeting(!isKept);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  const keep = useCallback(
    (title: (id: number) => string, { setup, metrics, equity, resultHash }: TestReport) => {
      const id = Math.max(0, ...runs.map((run) => run.id)) + 1;
      const run = { id, title: title(id), report: { setup, metrics, equity, resultHash } };
      setRuns([...runs, run]);
      void withShelf((shelf) => shelf.put('runs', run)).then((isKept) => setFleeting(!isKept));
    },
    [runs],
  );
  const forget = useCallback((id: number) => {
    setRuns((now) => now.filter((run) => run.id !== id));
    void withShelf((shelf) => shelf.delete('runs', id));
  }, []);
  return { runs, isFleeting, keep, forget };
}
