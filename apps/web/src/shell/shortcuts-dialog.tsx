import { CHART_KEYS } from '../chart/api/chart-keys.js';
import { Dialog } from '../ui/dialog.js';
import { Kbd } from '../ui/kbd.js';
import { COMMAND_GROUPS, type AppCommand } from './commands.js';

interface Help {
  keys: string;
  label: string;
}

// Keys that belong to a part of the page while it has the focus.
const ELSEWHERE: readonly (readonly [string, readonly Help[]])[] = [
  ['In the chart', CHART_KEYS],
  [
    'In the watchlist',
    [
      { keys: 'up down', label: 'Move' },
      { keys: 'enter', label: 'Open' },
      { keys: 'alt+up', label: 'Move the market up' },
      { keys: 'alt+down', label: 'Move the market down' },
      { keys: 'Delete', label: 'Remove the market' },
    ],
  ],
  [
    'In tables',
    [
      { keys: 'up down', label: 'Move by a row' },
      { keys: 'mod+Home', label: 'To the first row' },
      { keys: 'mod+End', label: 'To the last row' },
      { keys: 'mod+c', label: 'Copy everything as CSV' },
    ],
  ],
];

export interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  commands: readonly AppCommand[];
}

/** Every key that does something. */
export function ShortcutsDialog({ open, onOpenChange, commands }: ShortcutsDialogProps) {
  const sections: (readonly [string, readonly Help[]])[] = [
    ...COMMAND_GROUPS.map(
      (title) =>
        [
          title,
          commands.flatMap(({ group, keys, label }) =>
            group === title && keys !== undefined ? [{ keys, label }] : [],
          ),
        ] as const,
    ),
    ...ELSEWHERE,
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="max-w-[880px]">
      {/* It may be taller than the screen: with the focus in it, arrow keys scroll. */}
      <div
        role="group"
        aria-label="All shortcuts"
        tabIndex={0}
        className="columns-1 gap-8 p-4 focus-visible:-outline-offset-2 md:columns-2"
      >
        {sections.map(([title, entries]) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="caps mb-1 border-b-2 border-line pb-1 text-muted">{title}</h3>
            <dl>
              {entries.map((entry) => (
                <div key={entry.keys} className="flex items-center justify-between gap-3 border-b border-hair py-1">
                  <dt className="text-sm">{entry.label}</dt>
                  <dd>
                    <Kbd keys={entry.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
