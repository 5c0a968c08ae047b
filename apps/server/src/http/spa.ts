import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import express, { Router } from 'express';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Wickworks</title>
<h1>The web app is not built</h1><p>The server runs; its pages are missing. Build them with <code>npm run build</code>
(<code>npm start</code> does so by itself), or open the development server, <code>npm run dev</code>.</p></html>`;

/**
 * The engine's worker alone may compile WebAssembly: strategies in code are interpreted there. Its policy is that of its
 * own script; it runs nothing from elsewhere, and no text as code.
 */
const ENGINE_WORKER = /^engine-worker-[\w-]+\.js$/;
const ENGINE_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The single-page app in `folder`: hashed assets are cached for good, every other path gets its page. */
export function spaRouter(folder: string): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      setHeaders: (response, path) => {
        if (ENGINE_WORKER.test(basename(path))) response.setHeader('Content-Security-Policy', ENGINE_POLICY);
      },
    }),
  );
  router.use('/assets', (_request, response) => {
    response.status(404).type('text/plain').send('no such asset');
  });
  router.use(
    express.static(folder, {
      index: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  router.get('/{*path}', (_request, response) => {
    response.set('Cache-Control', 'no-cache');
    if (existsSync(join(folder, 'index.html'))) response.sendFile('index.html', { root: folder });
    else response.status(503).type('html').send(NOT_BUILT);
  });
  return router;
}
