import { Worker } from 'node:worker_threads';

/** Starts a worker thread from a bundle as it is, from TypeScript source (development, tests) through tsx. */
export function startWorker(url: URL, workerData: unknown): Worker {
  if (!url.pathname.endsWith('.ts')) return new Worker(url, { workerData });
  // `--import tsx` registers nothing inside a worker thread of Node 20; its API does.
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); });`;
  return new Worker(code, { eval: true, workerData });
}
