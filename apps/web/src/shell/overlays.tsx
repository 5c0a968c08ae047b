import { useExchanges } from '../data/hooks.js';
import {
  marketChosen,
  timeframeChosen,
  useWorkspace,
  useWorkspaceDispatch,
  watchlistAdded,
} from '../data/workspace-slice.js';
import { MarketDialog } from '../features/market-picker/market-dialog.js';
import { TimeframeDialog } from '../features/market-picker/timeframe-dialog.js';
import { IndicatorPicker } from '../features/indicators/indicator-picker.js';
import { TemplateDialog } from '../features/indicators/template-dialog.js';
import { SettingsDialog } from '../features/settings/settings-dialog.js';
import { Watchlist } from '../features/watchlist/watchlist.js';
import { CommandPalette } from '../ui/command-palette.js';
import { Dialog } from '../ui/dialog.js';
import { COMMAND_GROUPS, commandsOf } from './commands.js';
import { openOverlay, type Overlay } from './overlay.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import type { ShellAction } from './use-actions.js';

/** Whatever layer is open; loaded when the first one opens. */
export function Overlays({ overlay, actions }: { overlay: Overlay; actions: readonly ShellAction[] }) {
  const dispatch = useWorkspaceDispatch();
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const symbol = useWorkspace((workspace) => workspace.symbol);
  const timeframe = useWorkspace((workspace) => workspace.timeframe);
  const exchanges = useExchanges();
  const onOpenChange = (open: boolean): void => {
    if (!open) openOverlay(null);
  };
  switch (overlay) {
    case 'markets':
      return (
        <MarketDialog
          title="Market"
          open
          onOpenChange={onOpenChange}
          current={{ exchange, symbol }}
          onPick={(choice) => dispatch(marketChosen(choice))}
        />
      );
    case 'add-market':
      return (
        <MarketDialog
          title="Add to the watchlist"
          open
          onOpenChange={onOpenChange}
          current={{ exchange, symbol }}
          onPick={(choice) => dispatch(watchlistAdded(choice))}
        />
      );
    case 'timeframes':
      return (
        <TimeframeDialog
          open
          onOpenChange={onOpenChange}
          value={timeframe}
          available={exchanges.data?.find((item) => item.id === exchange)?.capabilities?.timeframes ?? null}
          onPick={(value) => dispatch(timeframeChosen(value))}
        />
      );
    case 'indicators':
      return <IndicatorPicker onOpenChange={onOpenChange} />;
    case 'templates':
      return <TemplateDialog onOpenChange={onOpenChange} />;
    case 'palette':
      return (
        <CommandPalette
          open
          onOpenChange={onOpenChange}
          groups={COMMAND_GROUPS.map((title) => ({
            title,
            commands: commandsOf(actions).filter((command) => command.group === title && command.id !== 'palette'),
          }))}
        />
      );
    case 'settings':
      return <SettingsDialog open onOpenChange={onOpenChange} />;
    case 'shortcuts':
      return <ShortcutsDialog open onOpenChange={onOpenChange} commands={commandsOf(actions)} />;
    case 'watchlist':
      return (
        <Dialog open onOpenChange={onOpenChange} title="Watchlist" place="left">
          <Watchlist onAdd={() => openOverlay('add-market')} onChosen={() => openOverlay(null)} />
        </Dialog>
      );
  }
}
