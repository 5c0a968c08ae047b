import { isTimeframe, TIMEFRAMES, type Timeframe } from '@wickworks/core';
import {
  ChartCandlestick,
  ChartSpline,
  Clock,
  Contrast,
  Keyboard,
  LayoutTemplate,
  List,
  ListPlus,
  Palette,
  Search,
  Settings,
  Star,
  Table,
  type LucideIcon,
} from 'lucide-react';
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
import { PAGES } from './registry.js';

export interface AppCommand {
  id: string;
  group: 'Market' | 'View' | 'Pages' | 'Help';
  label: string;
  icon: LucideIcon;
  keys?: string;
  keywords?: readonly string[];
  run: () => void;
}

type WorkspaceStore = Store<{ workspace: Workspace }>;

const QUICK_TIMEFRAMES: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h', '1d', '1w'];

/**
 * Every action of the shell, stated once: shortcuts, the palette and the help dialog read this list. Actions look at
 * the workspace when they run, so the list itself never changes.
 */
export function useCommands(): readonly AppCommand[] {
  const navigate = useNavigate();
  const store = useStore<{ workspace: Workspace }>();
  return useMemo(
    () => [...marketCommands(store), ...viewCommands(store), ...pageCommands((path) => void navigate(path)), ...HELP],
    [navigate, store],
  );
}

const HELP: readonly AppCommand[] = [
  {
    id: 'palette',
    group: 'Help',
    label: 'Find a command',
    icon: Search,
    keys: 'mod+k',
    run: () => openOverlay('palette'),
  },
  {
    id: 'shortcuts',
    group: 'Help',
    label: 'Show keyboard shortcuts',
    icon: Keyboard,
    keys: '?',
    run: () => openOverlay('shortcuts'),
  },
  {
    id: 'settings',
    group: 'Help',
    label: 'Open settings',
    icon: Settings,
    keys: ',',
    keywords: ['preferences', 'time zone'],
    run: () => openOverlay('settings'),
  },
];

function marketCommands(store: WorkspaceStore): AppCommand[] {
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
    {
      id: 'market',
      group: 'Market',
      label: 'Choose a market',
      icon: Search,
      keys: '/',
      keywords: ['symbol', 'pair', 'exchange'],
      run: () => openOverlay('markets'),
    },
    {
      id: 'timeframe',
      group: 'Market',
      label: 'Choose a timeframe',
      icon: Clock,
      keys: 't',
      run: () => openOverlay('timeframes'),
    },
    {
      id: 'timeframe-wider',
      group: 'Market',
      label: 'Wider timeframe',
      icon: Clock,
      keys: ']',
      run: () => stepTimeframe(1),
    },
    {
      id: 'timeframe-narrower',
      group: 'Market',
      label: 'Narrower timeframe',
      icon: Clock,
      keys: '[',
      run: () => stepTimeframe(-1),
    },
    {
      id: 'market-next',
      group: 'Market',
      label: 'Next market of the watchlist',
      icon: List,
      keys: 'j',
      run: () => stepMarket(1),
    },
    {
      id: 'market-previous',
      group: 'Market',
      label: 'Previous market of the watchlist',
      icon: List,
      keys: 'k',
      run: () => stepMarket(-1),
    },
    { id: 'watch', group: 'Market', label: 'Watch or unwatch this market', icon: Star, keys: 's', run: toggleWatched },
    {
      id: 'watch-add',
      group: 'Market',
      label: 'Add a market to the watchlist',
      icon: ListPlus,
      keys: 'a',
      run: () => openOverlay('add-market'),
    },
    ...QUICK_TIMEFRAMES.map((timeframe): AppCommand => ({
      id: `timeframe-${timeframe}`,
      group: 'Market',
      label: `Timeframe ${timeframe}`,
      icon: Clock,
      run: () => store.dispatch(timeframeChosen(timeframe)),
    })),
  ];
}

function viewCommands(store: WorkspaceStore): AppCommand[] {
  const workspace = () => store.getState().workspace;
  const set = (change: Parameters<typeof settingsChanged>[0]) => store.dispatch(settingsChanged(change));
  return [
    {
      id: 'watchlist',
      group: 'View',
      label: 'Show or hide the watchlist',
      icon: List,
      keys: 'w',
      run: () =>
        matchMedia('(min-width: 1024px)').matches
          ? set({ watchlistOpen: !workspace().watchlistOpen })
          : openOverlay('watchlist'),
    },
    {
      id: 'table',
      group: 'View',
      label: 'Show or hide the table of candles',
      icon: Table,
      keys: 'o',
      run: () => set({ tableOpen: !workspace().tableOpen }),
    },
    {
      id: 'theme',
      group: 'View',
      label: 'Switch between dark and light',
      icon: Contrast,
      keys: 'shift+d',
      keywords: ['theme', 'mode'],
      run: () => set({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'colours',
      group: 'View',
      label: 'Switch between green/red and blue/orange',
      icon: Palette,
      keywords: ['palette', 'colour blind', 'color'],
      run: () => set({ palette: workspace().palette === 'safe' ? 'classic' : 'safe' }),
    },
    {
      id: 'indicators',
      group: 'View',
      label: 'Add an indicator',
      icon: ChartSpline,
      keys: 'i',
      keywords: ['study', 'moving average', 'rsi', 'bollinger'],
      run: () => openOverlay('indicators'),
    },
    {
      id: 'templates',
      group: 'View',
      label: 'Chart templates',
      icon: LayoutTemplate,
      keys: 'shift+t',
      keywords: ['save', 'layout', 'apply'],
      run: () => openOverlay('templates'),
    },
    {
      id: 'chart-kind',
      group: 'View',
      label: 'Next chart style',
      icon: ChartCandlestick,
      keys: 'shift+c',
      run: () => set({ chartKind: nextOf(CHART_KINDS, workspace().chartKind) }),
    },
  ];
}

const pageCommands = (go: (path: string) => void): AppCommand[] =>
  PAGES.map((page) => ({
    id: `page-${page.key}`,
    group: 'Pages',
    label: `Go to ${page.title}`,
    icon: page.icon,
    keys: `g ${page.key}`,
    run: () => go(page.path),
  }));

/** The entry after `value`, beginning again at the end. */
function nextOf<T>(all: readonly [T, ...T[]], value: T): T {
  return all[(all.indexOf(value) + 1) % all.length] ?? all[0];
}
