import { isTimeframe, TIMEFRAMES, type Timeframe } from '@wickworks/core';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useStore } from 'react-redux';
import type { Store } from '@reduxjs/toolkit';
import {
  marketChosen,
  settingsChanged,
  timeframeChosen,
  watchlistAdded,
  watchlistRemoved,
} from '../data/workspace-slice.js';
import type { Workspace } from '../data/workspace-schema.js';
import { CHART_KINDS } from '../chart/api/chart-types.js';
import { notify } from '../ui/toast-store.js';
import { openOverlay } from './overlay.js';
import type { Page } from './page.js';
import { PAGES } from './registry.js';

export type ActionName =
  | 'palette'
  | 'shortcuts'
  | 'settings'
  | 'market'
  | 'timeframe'
  | 'timeframe-wider'
  | 'timeframe-narrower'
  | 'market-next'
  | 'market-previous'
  | 'watch'
  | 'watch-add'
  | 'watchlist'
  | 'table'
  | 'theme'
  | 'colours'
  | 'indicators'
  | 'templates'
  | 'chart-kind';

/** Something the shell can do. What is said of it comes with the layers: see commands.ts. */
export interface ShellAction {
  /** What is done, or the page that is gone to, or the timeframe that is chosen. */
  name: ActionName | Page | Timeframe;
  keys?: string;
  run: () => void;
}

type WorkspaceStore = Store<{ workspace: Workspace }>;

const QUICK_TIMEFRAMES: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h', '1d', '1w'];

/**
 * Every action of the shell, stated once: shortcuts, the palette and the help dialog read this list. Actions look at
 * the workspace when they run, so the list itself never changes.
 */
export function useActions(): readonly ShellAction[] {
  const navigate = useNavigate();
  const store = useStore<{ workspace: Workspace }>();
  return useMemo(
    () => [...marketActions(store), ...viewActions(store), ...pageActions((path) => void navigate(path)), ...HELP],
    [navigate, store],
  );
}

const HELP: readonly ShellAction[] = [
  { name: 'palette', keys: 'mod+k', run: () => openOverlay('palette') },
  { name: 'shortcuts', keys: '?', run: () => openOverlay('shortcuts') },
  { name: 'settings', keys: ',', run: () => openOverlay('settings') },
];

function marketActions(store: WorkspaceStore): ShellAction[] {
  const workspace = () => store.getState().workspace;
  const stepTimeframe = (by: number): void => {
    const next = TIMEFRAMES[TIMEFRAMES.indexOf(workspace().timeframe) + by];
    if (next !== undefined && isTimeframe(next)) store.dispatch(timeframeChosen(next));
  };
  const stepMarket = (by: number): void => {
    const { watchlist, exchange, symbol } = workspace();
    if (watchlist.length === 0) return;
    const at = watchlist.findIndex((entry) => entry.exchange === exchange && entry.symbol === symbol);
    const next = watchlist[(Math.max(at, by > 0 ? -1 : 0) + by + watchlist.length) % watchlist.length];
    if (next !== undefined) store.dispatch(marketChosen(next));
  };
  const toggleWatched = (): void => {
    const { watchlist, exchange, symbol } = workspace();
    const isWatched = watchlist.some((entry) => entry.exchange === exchange && entry.symbol === symbol);
    store.dispatch(isWatched ? watchlistRemoved({ exchange, symbol }) : watchlistAdded({ exchange, symbol }));
    notify({ tone: 'plain', title: isWatched ? `${symbol} is no longer watched` : `${symbol} is watched` });
  };
  return [
    { name: 'market', keys: '/', run: () => openOverlay('markets') },
    { name: 'timeframe', keys: 't', run: () => openOverlay('timeframes') },
    { name: 'timeframe-wider', keys: ']', run: () => stepTimeframe(1) },
    { name: 'timeframe-narrower', keys: '[', run: () => stepTimeframe(-1) },
    { name: 'market-next', keys: 'j', run: () => stepMarket(1) },
    { name: 'market-previous', keys: 'k', run: () => stepMarket(-1) },
    { name: 'watch', keys: 's', run: toggleWatched },
    { name: 'watch-add', keys: 'a', run: () => openOverlay('add-market') },
    ...QUICK_TIMEFRAMES.map((timeframe): ShellAction => ({
      name: timeframe,
      run: () => store.dispatch(timeframeChosen(timeframe)),
    })),
  ];
}

function viewActions(store: WorkspaceStore): ShellAction[] {
  const workspace = () => store.getState().workspace;
  const set = (change: Parameters<typeof settingsChanged>[0]) => store.dispatch(settingsChanged(change));
  return [
    {
      name: 'watchlist',
      keys: 'w',
      run: () =>
        matchMedia('(min-width: 1024px)').matches
          ? set({ watchlistOpen: !workspace().watchlistOpen })
          : openOverlay('watchlist'),
    },
    { name: 'table', keys: 'o', run: () => set({ tableOpen: !workspace().tableOpen }) },
    {
      name: 'theme',
      keys: 'shift+d',
      run: () => set({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }),
    },
    { name: 'colours', run: () => set({ palette: workspace().palette === 'safe' ? 'classic' : 'safe' }) },
    { name: 'indicators', keys: 'i', run: () => openOverlay('indicators') },
    { name: 'templates', keys: 'shift+t', run: () => openOverlay('templates') },
    { name: 'chart-kind', keys: 'shift+c', run: () => set({ chartKind: nextOf(CHART_KINDS, workspace().chartKind) }) },
  ];
}

const pageActions = (go: (path: string) => void): ShellAction[] =>
  PAGES.map((page) => ({
    name: page,
    keys: `g ${page.key}`,
    run: () => go(page.path),
  }));

/** The entry after `value`, beginning again at the end. */
function nextOf<T>(all: readonly [T, ...T[]], value: T): T {
  return all[(all.indexOf(value) + 1) % all.length] ?? all[0];
}
