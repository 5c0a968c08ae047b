import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import { Dialog } from './dialog.js';
import { Kbd } from './kbd.js';

export interface PaletteCommand {
  id: string;
  label: string;
  icon: LucideIcon;
  /** Shortcut that does the same, e.g. `mod+k`. */
  keys?: string | undefined;
  keywords?: readonly string[];
  run: () => void;
}

export interface PaletteGroup {
  title: string;
  commands: readonly PaletteCommand[];
}

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: readonly PaletteGroup[];
}

/** Each word must occur, at the beginning of one if possible: letters strewn over a label would find the wrong command. */
function score(value: string, search: string, keywords: readonly string[] = []): number {
  const text = ` ${[value, ...keywords].join(' ').toLowerCase()}`;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  return words.every((word) => text.includes(` ${word}`)) ? 1 : 0.5;
}

/** Everything one can do, found by typing. */
export function CommandPalette({ open, onOpenChange, groups }: CommandPaletteProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Commands" place="top">
      <Command label="Commands" loop filter={score} className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          placeholder="What do you want to do?"
          className="h-12 w-full border-b-2 border-line bg-transparent px-4 text-lg font-bold placeholder:font-normal placeholder:text-faint focus-visible:border-accent focus-visible:outline-none"
        />
        <Command.List className="max-h-[min(480px,60dvh)] overflow-y-auto max-sm:max-h-none overscroll-contain pb-1">
          <Command.Empty className="p-6 text-center text-sm text-muted">No such command.</Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group.title}
              heading={group.title}
              className="[&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-bold [&_[cmdk-group-heading]]:tracking-wider [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:uppercase"
            >
              {group.commands.map((command) => (
                <Command.Item
                  key={command.id}
                  value={`${command.label} ${command.id}`}
                  keywords={[...(command.keywords ?? [])]}
                  onSelect={() => {
                    onOpenChange(false);
                    command.run();
                  }}
                  className="flex h-8 cursor-pointer items-center gap-3 px-4 text-sm font-bold aria-selected:bg-accent aria-selected:text-accent-ink touch:h-11"
                >
                  <command.icon className="size-4 shrink-0" aria-hidden />
                  <span className="flex-1 truncate">{command.label}</span>
                  {command.keys === undefined ? null : <Kbd keys={command.keys} />}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
