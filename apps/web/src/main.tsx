import './styles/main.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDataServices, serverUrl } from './data/data-services.js';
import { App } from './shell/app.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has an element with id "root"');

/** Browsers that block storage throw at the mere mention of it. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

const services = createDataServices({ baseUrl: serverUrl(), storage: storage() });
createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
