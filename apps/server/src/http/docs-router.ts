import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router } from 'express';
import { API } from '@wickworks/contracts';
import type { ApiRouter } from './api-router.js';
import { DOCS_STYLE } from './docs-style.js';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Wickworks API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/style.css">
<script src="docs/theme.js"></script>
<header><a href="/">Wickworks</a> API</header>
<div id="api"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>`;

/** Dark or light as chosen in the dashboard of this browser, else as its system likes it; before anything is drawn. */
const THEME = `(() => {
  const system = matchMedia('(prefers-color-scheme: light)');
  const chosen = () => {
    try { return JSON.parse(localStorage.getItem('wickworks.workspace')).workspace.theme; } catch { return 'system'; }
  };
  const apply = () => {
    const theme = chosen();
    const isLight = theme === 'light' || (theme !== 'dark' && system.matches);
    document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
  };
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
})();`;

/**
 * The page is told to stay at home: no validator of somebody else's is asked. Whoever is signed in tries things out as
 * themselves: the page shows with each change that it is ours.
 */
const START = `SwaggerUIBundle({
  url: '/api/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null,
  tryItOutEnabled: true, persistAuthorization: false, filter: true, docExpansion: 'list',
  plugins: [({ React }) => ({
    // No link inside a button; the address follows what is opened all the same.
    components: { DeepLink: ({ text }) => React.createElement('span', null, text) },
    wrapComponents: {
      TextArea: (Area) => (props) => React.createElement(Area, { 'aria-label': 'Request body', ...props }),
      ExamplesSelect: (Choice) => (props) =>
        React.createElement('label', null, React.createElement(Choice, { ...props, showLabels: true })),
    },
  })],
  requestInterceptor: (request) => {
    const token = /(?:^|-|; )wick_csrf=([^;]+)/.exec(document.cookie)?.[1];
    if (token !== undefined) request.headers['X-CSRF-Token'] = token;
    return request;
  },
});`;

/** The document that describes every endpoint of `api`, its own included. */
export function docsRoutes(api: ApiRouter, version: string): void {
  let document: Promise<Record<string, unknown>> | undefined;
  api.route(API.docs.getOpenApi, () => {
    document ??= import('./openapi.js').then(({ openApiDocument }) => openApiDocument(api.endpoints, version));
    return document;
  });
}

/** The readable form of it at `/api/docs`; everything it loads comes from this server. */
export function docsPage(): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/start.js', (_request, response) => {
    response.type('js').send(START);
  });
  router.get('/theme.js', (_request, response) => {
    response.type('js').send(THEME);
  });
  router.get('/style.css', (_request, response) => {
    response.type('css').send(DOCS_STYLE);
  });
  let folder: string | undefined;
  router.get(
    FILES.map((file) => `/${file}`),
    (request, response) => {
      folder ??= dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
      response.sendFile(request.path.slice(1), { root: folder, maxAge: '1d' });
    },
  );
  return router;
}
