import { QueryClientProvider } from '@tanstack/react-query';
import { assert } from '@wickworks/core';
import { createContext, use, type ReactNode } from 'react';
import { Provider } from 'react-redux';
import type { DataServices } from './data-services.js';

const DataContext = createContext<DataServices | undefined>(undefined);

/** Makes the hooks of this folder work below it. */
export function DataProvider({ services, children }: { services: DataServices; children: ReactNode }) {
  return (
    <DataContext value={services}>
      <Provider store={services.workspace}>
        <QueryClientProvider client={services.queries}>{children}</QueryClientProvider>
      </Provider>
    </DataContext>
  );
}

/** The page's services; only below {@link DataProvider}. */
export function useDataServices(): DataServices {
  const services = use(DataContext);
  assert(services !== undefined, 'component is below DataProvider');
  return services;
}
