import { Suspense, useEffect, useMemo, useSyncExternalStore } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { useServerLink } from '../data/hooks.js';
import { useWorkspace } from '../data/workspace-slice.js';
import { ConnectionAnnouncer } from '../features/connection/connection-announcer.js';
import { LostBanner } from '../features/connection/lost-banner.js';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { later } from '../ui/later.js';
import { toastStore } from '../ui/toast-store.js';
import { BottomNav, NavRail } from './nav.js';
import { isOverlayOpen, openOverlay, useOverlay } from './overlay.js';
import { importOverlays, prefetchOverlays, prefetchOverlaysWhenIdle } from './overlay-code.js';
import { PAGES } from './registry.js';
import { StatusBar } from './status-bar.js';
import { useTheme } from './theme.js';
import { TopBar, useExchangeTitle } from './top-bar.js';
import { useFirstVisit } from './first-visit.js';
import { useActions } from './use-actions.js';
import { useShortcuts } from './use-shortcuts.js';

const Overlays = later(async () => (await importOverlays()).Overlays);
const NotFound = later(async () => (await import('./not-found.js')).NotFound);
const Toaster = later(async () => (await import('../ui/toast.js')).Toaster);

/** The frame around every page. */
export function Shell() {
  useTheme();
  useFirstVisit();
  const { pathname } = useLocation();
  const link = useServerLink();
  const overlay = useOverlay();
  const actions = useActions();
  const singleKeys = useWorkspace((workspace) => workspace.singleKeys);
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const exchangeTitle = useExchangeTitle(exchange);
  const hasToasts = useSyncExternalStore(toastStore.subscribe, () => toastStore.snapshot().length > 0);
  const shortcuts = useMemo(
    () => actions.flatMap(({ keys, run }) => (keys === undefined ? [] : [{ keys, run }])),
    [actions],
  );
  useShortcuts(shortcuts, singleKeys, isOverlayOpen);
  const page = PAGES.find((candidate) => candidate.path === pathname);

  useEffect(prefetchOverlaysWhenIdle, []);
  useEffect(() => {
    // The chart names its market in the title itself.
    if (pathname !== '/') document.title = `${page?.title ?? 'Not found'} · Wickworks`;
  }, [pathname, page]);

  return (
    <div
      data-link={link.state}
      className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)_auto] md:grid-cols-[56px_minmax(0,1fr)]"
    >
      <a
        href="#content"
        className="fixed top-1 left-1 z-70 -translate-y-20 bg-accent px-3 py-2 font-bold text-accent-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="col-span-full" onPointerEnter={prefetchOverlays} onPointerDown={prefetchOverlays}>
        <TopBar />
      </div>
      <div className="col-span-full">
        <LostBanner />
        {/* Drawn over the page, wherever they stand here; what cannot be loaded says so in this line. */}
        <ErrorBoundary subject="This window" resetKey={overlay ?? ''} isLine onClose={() => openOverlay(null)}>
          <Suspense fallback={null}>
            {overlay === null ? null : <Overlays overlay={overlay} actions={actions} />}
          </Suspense>
        </ErrorBoundary>
        <ErrorBoundary subject="The messages" isLine>
          <Suspense fallback={null}>{hasToasts ? <Toaster /> : null}</Suspense>
        </ErrorBoundary>
      </div>
      <NavRail />
      <main
        id="content"
        tabIndex={-1}
        className="relative min-h-0 min-w-0 scroll-pt-14 scroll-pb-2 overflow-auto outline-none"
      >
        <ErrorBoundary subject={`The page ${page?.title ?? ''}`} resetKey={pathname}>
          <Suspense fallback={<PageLoading />}>
            <Routes>
              {PAGES.map(({ path, component: Component }) => (
                <Route key={path} path={path} element={<Component />} />
              ))}
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </main>
      <div className="col-span-full" onPointerEnter={prefetchOverlays} onPointerDown={prefetchOverlays}>
        <StatusBar />
        <BottomNav />
      </div>
      <ConnectionAnnouncer key={exchange} exchange={exchange} title={exchangeTitle} />
    </div>
  );
}

function PageLoading() {
  return (
    <p role="status" className="caps p-6 text-muted">
      Loading…
    </p>
  );
}
