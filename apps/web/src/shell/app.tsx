import { BrowserRouter } from 'react-router';
import { DataProvider } from '../data/data-provider.js';
import type { DataServices } from '../data/data-services.js';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { Shell } from './shell.js';

/** The whole application over its services. */
export function App({ services }: { services: DataServices }) {
  return (
    <ErrorBoundary subject="Wickworks">
      <DataProvider services={services}>
        <BrowserRouter>
          <Shell />
        </BrowserRouter>
      </DataProvider>
    </ErrorBoundary>
  );
}
