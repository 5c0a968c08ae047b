import type { UserSettingsView } from '@wickworks/contracts';
import { useEffect } from 'react';
import { marketChosen, settingsChanged, timeframeChosen, useWorkspaceDispatch } from './workspace-slice.js';

/** Which state of whose settings this browser shows. */
const SHOWN_KEY = 'wickworks.settings';

/**
 * Shows this browser as its user chose on the server, once for each change made there; what is changed in the browser
 * afterwards stays. The market is where a new browser begins, no more.
 */
export function useChosenLooks(userId: string | null, settings: UserSettingsView | undefined): void {
  const dispatch = useWorkspaceDispatch();
  useEffect(() => {
    if (userId === null || settings === undefined || settings.version === 0) return;
    const state = `${userId} ${String(settings.version)}`;
    let shown: string | null;
    try {
      shown = localStorage.getItem(SHOWN_KEY);
      if (shown === state) return;
      localStorage.setItem(SHOWN_KEY, state);
    } catch {
      return; // without storage every visit would undo what was changed here
    }
    const { values, sources } = settings;
    const isChosen = (name: string): boolean => sources[name] === 'stored';
    dispatch(
      settingsChanged({
        ...(isChosen('theme') && { theme: values.theme }),
        ...(isChosen('palette') && { palette: values.palette }),
        ...(isChosen('timeZone') && { timeZone: values.timeZone }),
        ...(isChosen('singleKeys') && { singleKeys: values.singleKeys }),
      }),
    );
    if (shown?.startsWith(`${userId} `) === true) return;
    if (isChosen('exchange') || isChosen('symbol'))
      dispatch(marketChosen({ exchange: values.exchange, symbol: values.symbol }));
    if (isChosen('timeframe')) dispatch(timeframeChosen(values.timeframe));
  }, [dispatch, userId, settings]);
}
