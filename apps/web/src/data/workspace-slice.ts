import { configureStore, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Timeframe } from '@wickworks/core';
import { useDispatch, useSelector } from 'react-redux';
import { DEFAULT_WORKSPACE, type WatchlistEntry, type Workspace } from './workspace-schema.js';
import { loadWorkspace, saveWorkspace } from './workspace-storage.js';

/** Fields that are simply set; market and watchlist have actions of their own. */
type Setting = Omit<Workspace, 'exchange' | 'symbol' | 'timeframe' | 'watchlist'>;

const isSame = (a: WatchlistEntry, b: WatchlistEntry): boolean => a.exchange === b.exchange && a.symbol === b.symbol;

const slice = createSlice({
  name: 'workspace',
  initialState: DEFAULT_WORKSPACE,
  reducers: {
    marketChosen: (state, { payload }: PayloadAction<WatchlistEntry>) => ({ ...state, ...payload }),
    /** Watches `entries` and shows the first of them. */
    firstMarketsChosen: (state, { payload }: PayloadAction<readonly WatchlistEntry[]>) => ({
      ...state,
      ...payload[0],
      watchlist: payload,
    }),
    timeframeChosen: (state, { payload }: PayloadAction<Timeframe>) => ({ ...state, timeframe: payload }),
    settingsChanged: (state, { payload }: PayloadAction<Partial<Setting>>) => ({ ...state, ...payload }),
    watchlistAdded: (state, { payload }: PayloadAction<WatchlistEntry>) =>
      state.watchlist.some((entry) => isSame(entry, payload))
        ? state
        : { ...state, watchlist: [...state.watchlist, payload] },
    watchlistRemoved: (state, { payload }: PayloadAction<WatchlistEntry>) => ({
      ...state,
      watchlist: state.watchlist.filter((entry) => !isSame(entry, payload)),
    }),
    /** Moves an entry to index `to`, the others close up; indices outside change nothing. */
    watchlistMoved: (state, { payload: { from, to } }: PayloadAction<{ from: number; to: number }>) => {
      const moved = state.watchlist[from];
      if (!moved || to < 0 || to >= state.watchlist.length) return state;
      return { ...state, watchlist: state.watchlist.toSpliced(from, 1).toSpliced(to, 0, moved) };
    },
  },
});

export const {
  marketChosen,
  firstMarketsChosen,
  timeframeChosen,
  settingsChanged,
  watchlistAdded,
  watchlistRemoved,
  watchlistMoved,
} = slice.actions;

/** The Redux store, filled from `storage` and written back to it with each change: a page may close at any moment. */
export function createWorkspaceStore(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
  const store = configureStore({
    reducer: { workspace: slice.reducer },
    preloadedState: { workspace: loadWorkspace(storage) },
  });
  let saved = store.getState().workspace;
  store.subscribe(() => {
    const { workspace } = store.getState();
    if (workspace !== saved) saveWorkspace(storage, (saved = workspace));
  });
  return store;
}

export type WorkspaceStore = ReturnType<typeof createWorkspaceStore>;

/** Reads one part of the workspace; re-renders only when that part changes. */
export const useWorkspace = <T>(select: (workspace: Workspace) => T): T =>
  useSelector((state: ReturnType<WorkspaceStore['getState']>) => select(state.workspace));

export const useWorkspaceDispatch: () => WorkspaceStore['dispatch'] = useDispatch;
