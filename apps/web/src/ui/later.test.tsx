import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Suspense, type ComponentType } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ErrorBoundary } from './error-boundary.js';
import { later } from './later.js';

const Whole = ({ name }: { name: string }) => <p>Here is {name}</p>;

beforeEach(() => {
  // React tells the console of what a boundary caught.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The server's answers to the page itself, and to its part: a number of failures, then the code. */
function place({ isServerThere, failures }: { isServerThere: boolean; failures: number }) {
  vi.stubGlobal('fetch', () => (isServerThere ? Promise.resolve(new Response('')) : Promise.reject(new TypeError())));
  let asked = 0;
  const Part = later((): Promise<ComponentType<{ name: string }>> => {
    asked += 1;
    return asked > failures ? Promise.resolve(Whole) : Promise.reject(new TypeError('Failed to fetch'));
  });
  render(
    <>
      <p>Everything else</p>
      <ErrorBoundary subject="The part" isLine>
        <Suspense fallback={<p>Loading</p>}>
          <Part name="it" />
        </Suspense>
      </ErrorBoundary>
    </>,
  );
}

it('draws what was loaded', async () => {
  place({ isServerThere: true, failures: 0 });
  expect(await screen.findByText('Here is it')).toBeDefined();
});

it('asks again by itself after one lost answer', async () => {
  place({ isServerThere: true, failures: 1 });
  expect(await screen.findByText('Here is it')).toBeDefined();
});

it('tells in its own place that the server is away, and comes when asked once more', async () => {
  place({ isServerThere: false, failures: 1 });
  const told = await screen.findByRole('alert');
  expect(told.textContent).toContain('The part could not be loaded');
  expect(told.textContent).toContain('could not be reached');
  expect(screen.getByText('Everything else')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Here is it')).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('offers to reload what a newer version has under another name', async () => {
  place({ isServerThere: true, failures: Number.POSITIVE_INFINITY });
  expect((await screen.findByRole('alert')).textContent).toContain('a newer version was installed');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
});
