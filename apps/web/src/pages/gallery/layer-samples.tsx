import { Copy, MoreHorizontal, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { DropdownMenu, MenuCheckItem, MenuItem, MenuLabel, MenuSeparator } from '../../ui/dropdown-menu.js';
import { later } from '../../ui/later.js';
import { Panel } from '../../ui/panel.js';
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover.js';
import { Select } from '../../ui/select.js';
import { notify } from '../../ui/toast-store.js';
import { Tooltip } from '../../ui/tooltip.js';
import { Sample } from './sample.js';

const CommandPalette = later(async () => (await import('../../ui/command-palette.js')).CommandPalette);
const PLACES = ['center', 'right', 'left', 'bottom'] as const;

export function LayerSamples() {
  const [place, setPlace] = useState<(typeof PLACES)[number] | null>(null);
  const [isChecked, setChecked] = useState(true);
  const [hasPalette, setPalette] = useState(false);
  const [unit, setUnit] = useState<'base' | 'quote'>('base');
  return (
    <Panel title="Layers">
      <Sample name="Dialog: centre, drawers">
        {PLACES.map((name) => (
          <Button key={name} onClick={() => setPlace(name)}>
            {name}
          </Button>
        ))}
        <Dialog
          open={place !== null}
          onOpenChange={() => setPlace(null)}
          title="Cancel all orders"
          description="Three working orders are cancelled. Positions stay as they are."
          place={place ?? 'center'}
          footer={
            <>
              <Button onClick={() => setPlace(null)}>Keep them</Button>
              <Button tone="danger" onClick={() => setPlace(null)}>
                Cancel orders
              </Button>
            </>
          }
        >
          <div className="p-4">
            <Select
              label="Unit"
              value={unit}
              onChange={setUnit}
              options={[
                { value: 'base', label: 'BTC' },
                { value: 'quote', label: 'USDT' },
              ]}
            />
          </div>
        </Dialog>
      </Sample>
      <Sample name="Popover, tooltip, menu, command palette">
        <Popover>
          <PopoverTrigger asChild>
            <Button>Popover</Button>
          </PopoverTrigger>
          <PopoverContent className="w-64 p-3 text-sm">Floats beside its button, stays on the screen.</PopoverContent>
        </Popover>
        <Tooltip text="Says more; never the only place that says it.">
          <Button>Tooltip</Button>
        </Tooltip>
        <DropdownMenu
          align="start"
          trigger={
            <Button>
              <MoreHorizontal aria-hidden /> Menu
            </Button>
          }
        >
          <MenuLabel>Dataset</MenuLabel>
          <MenuItem keys="mod+c">
            <Copy aria-hidden /> Copy hash
          </MenuItem>
          <MenuCheckItem checked={isChecked} onCheckedChange={setChecked}>
            Keep updated
          </MenuCheckItem>
          <MenuItem disabled>Not now</MenuItem>
          <MenuSeparator />
          <MenuItem danger>
            <Trash2 aria-hidden /> Delete
          </MenuItem>
        </DropdownMenu>
        <Button onClick={() => setPalette(true)}>Palette</Button>
        <Suspense fallback={null}>
          {hasPalette ? (
            <CommandPalette
              open
              onOpenChange={setPalette}
              groups={[
                {
                  title: 'Samples',
                  commands: [
                    {
                      id: 'copy',
                      label: 'Copy hash',
                      icon: Copy,
                      keys: 'mod+c',
                      run: () => notify({ tone: 'good', title: 'Copied' }),
                    },
                    {
                      id: 'delete',
                      label: 'Delete dataset',
                      icon: Trash2,
                      run: () => notify({ tone: 'plain', title: 'Nothing was deleted' }),
                    },
                  ],
                },
              ]}
            />
          ) : null}
        </Suspense>
      </Sample>
      <Sample name="Toast">
        <Button
          onClick={() =>
            notify({ tone: 'plain', title: 'BTC/USDT is watched', action: { label: 'Undo', run: () => undefined } })
          }
        >
          Plain
        </Button>
        <Button onClick={() => notify({ tone: 'good', title: 'Copied', text: '1,000 candles as CSV' })}>Good</Button>
        <Button
          onClick={() =>
            notify({ tone: 'bad', title: 'Backfill failed', text: 'The exchange answered 429: too many requests.' })
          }
        >
          Bad
        </Button>
      </Sample>
    </Panel>
  );
}
