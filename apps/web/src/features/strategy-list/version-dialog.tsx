import type { AnyStrategyDocument } from '@wickworks/contracts';
import { useState } from 'react';
import { diffLines, storedText } from '../../data/strategies-json.js';
import { describeError } from '../../data/strategies-rest.js';
import { useStrategyVersions } from '../../data/strategies-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { cn } from '../../ui/cn.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';
import { Select } from '../../ui/select.js';

const intoView = (line: HTMLElement | null): void => line?.scrollIntoView({ block: 'center' });

/** What changed from one text to another, line by line; signs say what colours say. */
function Diff({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = diffLines(before, after);
  const changed = lines.findIndex(({ kind }) => kind !== 'same');
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="text-xs text-muted">{label}</figcaption>
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-[50dvh] overflow-auto border-2 border-line bg-surface p-2 text-2xs leading-4"
      >
        {changed < 0 ? <span className="caps block pb-2 text-muted">No difference</span> : null}
        <span className="block w-max min-w-full">
          {lines.map(({ kind, text }, index) => (
            <span
              key={index}
              ref={index === changed ? intoView : undefined}
              className={cn(
                'block',
                kind === 'added' && 'bg-[color-mix(in_srgb,var(--wick-up)_22%,transparent)]',
                kind === 'removed' && 'bg-[color-mix(in_srgb,var(--wick-down)_22%,transparent)]',
              )}
            >
              {kind === 'added' ? '+ ' : kind === 'removed' ? '− ' : '  '}
              {text}
            </span>
          ))}
        </span>
      </pre>
    </figure>
  );
}

export interface VersionDialogProps {
  id: string;
  /** The text as it is edited now, saved or not. */
  current: string;
  zone: string;
  onOpenChange: (open: boolean) => void;
  onRestore: (document: AnyStrategyDocument) => void;
}

/** Every version ever saved beside the document at hand, and the way back to it. */
export function VersionDialog({ id, current, zone, onOpenChange, onRestore }: VersionDialogProps) {
  const { data, error, isPending, refetch } = useStrategyVersions(id);
  const [chosen, setChosen] = useState<string | null>(null);
  const versions = data ?? [];
  const shown = versions.find(({ version }) => String(version) === chosen) ?? versions[1] ?? versions[0];
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Versions"
      className="max-w-[840px]"
      footer={
        shown === undefined ? null : (
          <Button
            disabled={storedText(shown.document) === current}
            onClick={() => {
              onRestore(shown.document);
              onOpenChange(false);
            }}
          >
            Take version {shown.version} into the editor
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3 p-4">
        {error === null ? null : (
          <ErrorState title="Versions cannot be read" text={describeError(error)} onRetry={() => void refetch()} />
        )}
        {isPending ? <p role="status">Loading…</p> : null}
        {shown === undefined ? null : (
          <>
            <Select
              label="Version"
              options={versions.map(({ version, savedMs }) => ({
                value: String(version),
                label: `v${String(version)} · ${formatDateTime(savedMs, zone)}`,
              }))}
              value={String(shown.version)}
              onChange={setChosen}
            />
            <Diff
              label={`From version ${String(shown.version)} (−) to the editor (+)`}
              before={storedText(shown.document)}
              after={current}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

export interface ConflictDialogProps {
  mine: string;
  theirs: string;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onOpenChange: (open: boolean) => void;
}

/** Somebody saved in between: both versions side by side, and nothing is lost whatever one chooses. */
export function ConflictDialog({ mine, theirs, onKeepMine, onTakeTheirs, onOpenChange }: ConflictDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Saved by someone else meanwhile"
      description="The server has a newer version than the one you began with. Saving yours makes it the newest; theirs stays among the versions."
      className="max-w-[840px]"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Go on editing</Button>
          <Button onClick={onTakeTheirs}>Take theirs</Button>
          <Button tone="primary" onClick={onKeepMine}>
            Save mine over it
          </Button>
        </>
      }
    >
      <div className="p-4">
        <Diff label="From theirs (−) to yours (+)" before={theirs} after={mine} />
      </div>
    </Dialog>
  );
}
