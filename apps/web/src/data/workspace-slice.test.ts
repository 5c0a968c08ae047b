import { describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE } from './workspace-schema.js';
import {
  createWorkspaceStore,
  firstMarketsChosen,
  marketChosen,
  settingsChanged,
  timeframeChosen,
  watchlistAdded,
  watchlistMoved,
  watchlistRemoved,
} from './workspace-slice.js';
import { loadWorkspace, saveWorkspace, WORKSPACE_STORAGE_KEY } from './workspace-storage.js';

const holding = (text: string | null) => ({ getItem: () => text });
const saved = (workspace: object, version = 1): string => JSON.stringify({ version, workspace });
const entry = (symbol: string) => ({ exchange: 'local', symbol });

describe('the saved workspace', () => {
  it('comes back as it was', () => {
    let text = '';
    saveWorkspace({ setItem: (_key, value) => void (text = value) }, { ...DEFAULT_WORKSPACE, timeframe: '4h' });
    expect(loadWorkspace(holding(text))).toEqual({ ...DEFAULT_WORKSPACE, timeframe: '4h' });
  });

  it('loses only the fields that are not valid', () => {
    const text = saved({ timeframe: '4h', palette: 'neon', watchlist: [{ symbol: 5 }], tableOpen: false });
    expect(loadWorkspace(holding(text))).toEqual({ ...DEFAULT_WORKSPACE, timeframe: '4h', tableOpen: false });
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['something else', '[1,2]'],
    ['another version', saved({ timeframe: '4h' }, 99)],
  ])('gives defaults for %s', (_what, text) => {
    expect(loadWorkspace(holding(text))).toEqual(DEFAULT_WORKSPACE);
  });

  it('does without storage that is forbidden', () => {
    const forbidden = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    };
    expect(loadWorkspace(forbidden)).toEqual(DEFAULT_WORKSPACE);
    expect(() => saveWorkspace(forbidden, DEFAULT_WORKSPACE)).not.toThrow();
  });
});

describe('the workspace store', () => {
  it('chooses market and timeframe and changes settings', () => {
    const store = createWorkspaceStore(undefined);
    store.dispatch(marketChosen({ exchange: 'mexc', symbol: 'ETH/USDT' }));
    store.dispatch(timeframeChosen('1d'));
    store.dispatch(settingsChanged({ theme: 'light' }));
    expect(store.getState().workspace).toMatchObject({
      exchange: 'mexc',
      symbol: 'ETH/USDT',
      timeframe: '1d',
      theme: 'light',
    });
  });

  it('keeps a watchlist without doubles, in the order people give it', () => {
    const store = createWorkspaceStore(undefined);
    const symbols = (): string[] => store.getState().workspace.watchlist.map(({ symbol }) => symbol);
    store.dispatch(firstMarketsChosen([entry('BTC/USDT'), entry('ETH/USDT')]));
    expect(store.getState().workspace).toMatchObject(entry('BTC/USDT'));
    store.dispatch(watchlistAdded(entry('XRP/USDT')));
    store.dispatch(watchlistAdded(entry('XRP/USDT')));
    store.dispatch(watchlistMoved({ from: 2, to: 0 }));
    store.dispatch(watchlistMoved({ from: 0, to: 3 }));
    expect(symbols()).toEqual(['XRP/USDT', 'BTC/USDT', 'ETH/USDT']);
    store.dispatch(watchlistRemoved(entry('BTC/USDT')));
    expect(symbols()).toEqual(['XRP/USDT', 'ETH/USDT']);
  });

  it('saves each change at once', () => {
    const written: string[] = [];
    const store = createWorkspaceStore({
      getItem: () => null,
      setItem: (key, value) => void written.push(`${key} ${value}`),
    });
    store.dispatch(timeframeChosen('1h'));
    store.dispatch(timeframeChosen('4h'));
    expect(written).toHaveLength(2);
    expect(written[1]).toContain(WORKSPACE_STORAGE_KEY);
    expect(written[1]).toContain('"timeframe":"4h"');
  });
});
