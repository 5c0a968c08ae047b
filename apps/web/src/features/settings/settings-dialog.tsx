import { useMemo, type ReactNode } from 'react';
import { settingsChanged, useWorkspace, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { zoneName } from '../../format/time.js';
import { Combobox } from '../../ui/combobox.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { Switch } from '../../ui/switch.js';
import { ToggleGroup } from '../../ui/toggle-group.js';

/** How the workstation looks and answers to keys; kept in this browser. */
export function SettingsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const workspace = useWorkspace((all) => all);
  const dispatch = useWorkspaceDispatch();
  const zones = useMemo(
    () => [
      { value: 'local', label: 'Local', hint: zoneName('local') },
      { value: 'utc', label: 'UTC' },
      { value: 'exchange', label: 'Exchange', hint: 'UTC' },
      ...Intl.supportedValuesOf('timeZone').map((zone) => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
        keywords: zone,
      })),
    ],
    [],
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Settings" place="right">
      <div className="flex flex-col gap-6 p-4">
        <Setting title="Theme">
          <ToggleGroup
            label="Theme"
            className="flex"
            value={workspace.theme}
            onChange={(theme) => dispatch(settingsChanged({ theme }))}
            options={[
              { value: 'system', label: 'System' },
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
            ]}
          />
        </Setting>
        <Setting title="Up and down">
          <ToggleGroup
            label="Colours of up and down"
            className="flex"
            value={workspace.palette}
            onChange={(palette) => dispatch(settingsChanged({ palette }))}
            options={[
              { value: 'classic', label: <Swatches palette="classic" text="Green / red" /> },
              { value: 'safe', label: <Swatches palette="safe" text="Blue / orange" /> },
            ]}
          />
          <p className="text-xs text-muted">Blue and orange stay apart for people with colour blindness.</p>
        </Setting>
        <Field label="Time zone" hint="For axes, tables and the clock. Stored times are always UTC.">
          {(control) => (
            <Combobox
              {...control}
              label="Time zones"
              options={zones}
              value={workspace.timeZone}
              onChange={(timeZone) => dispatch(settingsChanged({ timeZone }))}
            />
          )}
        </Field>
        <Setting title="Chart">
          <Switch checked={workspace.magnet} onCheckedChange={(magnet) => dispatch(settingsChanged({ magnet }))}>
            Crosshair snaps to prices
          </Switch>
          <Switch checked={workspace.volume} onCheckedChange={(volume) => dispatch(settingsChanged({ volume }))}>
            Show volume
          </Switch>
        </Setting>
        <Setting title="Keyboard">
          <Switch
            checked={workspace.singleKeys}
            onCheckedChange={(singleKeys) => dispatch(settingsChanged({ singleKeys }))}
          >
            Shortcuts of a single key
          </Switch>
          <p className="text-xs text-muted">Switch off when you dictate. Shortcuts with Ctrl or Cmd stay.</p>
        </Setting>
      </div>
    </Dialog>
  );
}

function Setting({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="caps mb-1 text-muted">{title}</legend>
      {children}
    </fieldset>
  );
}

/** Two squares in the palette's own colours, whatever palette is chosen. */
function Swatches({ palette, text }: { palette: 'classic' | 'safe'; text: string }) {
  return (
    <>
      <span data-palette={palette} aria-hidden className="flex border-2 border-bg">
        <span className="size-2.5 bg-(--wick-up)" />
        <span className="size-2.5 bg-(--wick-down)" />
      </span>
      {text}
    </>
  );
}
