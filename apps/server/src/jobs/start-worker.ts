import { Worker, type ResourceLimits } from 'node:worker_threads';

/** Starts a worker thread from a bundle as it is, from TypeScript source (development, tests) through tsx. */
export function startWorker(url: URL, workerData: unknown, resourceLimits: ResourceLimits = {}): Worker {
  const options = { workerData, resourceLimits };
  if (!url.pathname.endsWith('.ts')) return new Worker(url, options);
  // `--import tsx` registers nothing inside a worker thread of Node 20; its API does.
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); });`;
  return new Worker(code, { ...options, eval: true });
}
