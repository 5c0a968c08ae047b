import { useMemo } from 'react';
import { useStore } from 'react-redux';
import type { OverlayDefinition } from '../../chart/api/overlay-definitions.js';
import { INDICATORS_MAX, type IndicatorChoice, type Workspace } from '../../data/workspace-schema.js';
import { settingsChanged, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { notify } from '../../ui/toast-store.js';
import { added, moved } from './choices.js';

/** What can be done with the chart's indicators; the same object for as long as the page lives. */
export interface IndicatorActions {
  readonly add: (definition: OverlayDefinition) => void;
  /** Puts `choice` in place of the one with its id. */
  readonly replace: (choice: IndicatorChoice) => void;
  readonly toggle: (id: string) => void;
  /** Takes it off the chart; a toast offers it back. */
  readonly remove: (id: string, title: string) => void;
  /** Moves its pane above (−1) or below (1) the next of `panes`. */
  readonly move: (id: string, by: -1 | 1, panes: readonly string[]) => void;
}

/** See {@link IndicatorActions}. */
export function useIndicatorActions(): IndicatorActions {
  const store = useStore<{ workspace: Workspace }>();
  const dispatch = useWorkspaceDispatch();
  return useMemo(() => {
    const current = (): readonly IndicatorChoice[] => store.getState().workspace.indicators;
    const set = (indicators: readonly IndicatorChoice[]): void => void dispatch(settingsChanged({ indicators }));
    const replace = (choice: IndicatorChoice): void =>
      set(current().map((other) => (other.id === choice.id ? choice : other)));
    return {
      add(definition) {
        const change = added(store.getState().workspace, definition);
        if (change) dispatch(settingsChanged(change));
        else
          notify({
            tone: 'bad',
            title: 'The chart is full',
            text: `It holds ${String(INDICATORS_MAX)} indicators; remove one first.`,
          });
      },
      replace,
      toggle(id) {
        const choice = current().find((other) => other.id === id);
        if (choice) replace({ ...choice, hidden: !choice.hidden });
      },
      remove(id, title) {
        const at = current().findIndex((other) => other.id === id);
        const choice = current()[at];
        if (!choice) return;
        set(current().toSpliced(at, 1));
        const undo = (): void => {
          if (!current().some((other) => other.id === id)) set(current().toSpliced(at, 0, choice));
        };
        notify({ tone: 'plain', title: `${title} removed`, action: { label: 'Undo', run: undo } });
      },
      move: (id, by, panes) => set(moved(current(), id, by, panes)),
    };
  }, [store, dispatch]);
}
