import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router } from 'express';
import { API } from '@wickworks/contracts';
import type { ApiRouter } from './api-router.js';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Wickworks API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="api"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>`;

/** The page is told to stay at home: no validator of somebody else's is asked. */
const START = `SwaggerUIBundle({
  url: '/api/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null,
  tryItOutEnabled: true, persistAuthorization: false,
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
