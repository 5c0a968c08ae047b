import { type AnyStrategyDocument, type StrategyIssue, type StrategyView } from '@wickworks/contracts';
import { ArrowLeft, Copy, Download, FlaskConical, History, Play, Save, Square, Trash2 } from 'lucide-react';
import { Fragment, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { defaultTestSetup, loadTestSetup, saveTestSetup, setupStrategy } from '../../data/backtests-setup.js';
import { isObject, parseJson, storedText, valueAt, type Json } from '../../data/strategies-json.js';
import { describeError, isConflict, strategyServer } from '../../data/strategies-rest.js';
import { useCodeCheck, useRemoveStrategy, useSaveStrategy, useStopStrategy } from '../../data/strategies-hooks.js';
import { useMay } from '../../data/use-may.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { later } from '../../ui/later.js';
import { saveFile } from '../../ui/save-file.js';
import { StrategyForm } from '../../features/strategy-form/strategy-form.js';
import { ProofPanel } from '../../features/strategy-list/proof-panel.js';
import { SignalPanel } from '../../features/strategy-list/signal-panel.js';
import { ConflictDialog, VersionDialog } from '../../features/strategy-list/version-dialog.js';
import { formatDateTime, zoneName } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { cn } from '../../ui/cn.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { IconButton } from '../../ui/icon-button.js';
import { Panel } from '../../ui/panel.js';
import { notify } from '../../ui/toast-store.js';
import { ToggleGroup } from '../../ui/toggle-group.js';
import { StartDialog } from './start-dialog.js';
import type { Editor } from './use-editor.js';

const JsonEditor = later(async () => (await import('../../features/strategy-json/json-editor.js')).JsonEditor);

const CodePane = later(async () => (await import('../../features/strategy-json/code-pane.js')).CodePane);

/** Code is looked at by the server once nobody types. */
const CHECK_AFTER_MS = 600;

const VIEWS = [
  { value: 'both', label: 'Both' },
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const;
type View = (typeof VIEWS)[number]['value'];

const keysAt = (root: Json, name: string): readonly string[] => {
  const value = valueAt(root, [name]);
  return isObject(value) ? Object.keys(value) : [];
};

export interface EditorViewProps {
  editor: Editor;
  /** The stored strategy in the editor; `null` for new ones and examples, and until {@link isKnown}. */
  current: StrategyView | null;
  /** False while nobody knows whether what is open is stored still: saved now it could become a second one. */
  isKnown: boolean;
  onOpen: (opening: { key: string; document: unknown; version: number | null }) => void;
  /** Back to the list, where there is room for one of the two only. */
  onList: () => void;
}

/** What is being saved: the document, its text in the editor, and the how many-th that was opened. */
interface Snapshot {
  document: AnyStrategyDocument;
  text: string;
  opened: number;
}

/** One document as a form and as JSON, and everything that can be done with it. */
export function EditorView({ editor, current, isKnown, onOpen, onList }: EditorViewProps) {
  const { draft, json, syntaxError, validation, isDirty } = editor;
  const navigate = useNavigate();
  const mayChange = useMay('trader');
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const symbol = useWorkspace((workspace) => workspace.symbol);
  const [view, setView] = useState<View>('both');
  const [dialog, setDialog] = useState<'versions' | 'start' | null>(null);
  const [conflict, setConflict] = useState<{ mine: Snapshot; theirs: StrategyView } | null>(null);
  const save = useSaveStrategy();
  const remove = useRemoveStrategy();
  const stop = useStopStrategy();
  const { document } = validation;
  const isCode = valueAt(json, ['kind']) === 'code';
  const looked = useCodeCheck(useDebounced(isCode ? document : null, CHECK_AFTER_MS));
  const issues = isCode && document !== null ? (looked.data ?? validation.issues) : validation.issues;
  const isSound = document !== null && issues.length === 0 && syntaxError === null;
  const words = useMemo(
    () => [
      ...keysAt(json, 'indicators'),
      ...keysAt(json, 'conditions'),
      ...keysAt(json, 'params').map((name) => `$${name}`),
    ],
    [json],
  );
  const failed = (title: string) => (error: unknown) => notify({ tone: 'bad', title, text: describeError(error) });

  /**
   * Saves over `base`; when somebody was faster, both versions are shown and nothing is lost. What comes of it is told
   * even to those who have left the page.
   */
  const store = (base: StrategyView | null, mine: Snapshot): void => {
    save
      .mutateAsync({ stored: base, document: mine.document })
      .then((saved) => {
        editor.saved(saved, mine.text, mine.opened);
        setConflict(null);
        notify({ tone: 'good', title: 'Saved', text: `${saved.name}, version ${String(saved.version)}` });
      })
      .catch(async (error: unknown) => {
        if (base === null || !isConflict(error)) throw error;
        setConflict({ mine, theirs: await strategyServer.read(base.id) });
      })
      .catch(failed('Not saved'));
  };
  const canSave = mayChange && isKnown && isSound && (isDirty || current === null) && !save.isPending;
  const saveNow = (): void => {
    if (document === null || draft === null || !canSave) return;
    // The version that was opened, not the newest the list knows: else a foreign save would be overwritten unseen.
    const { text, opened, version } = draft;
    store(current !== null && version !== null ? { ...current, version } : current, { document, text, opened });
  };
  const removeNow = (): void => {
    if (current === null || draft === null || remove.isPending) return;
    const text = storedText(current.document);
    remove
      .mutateAsync(current)
      .then(() => {
        editor.detach(draft.opened);
        notify({
          tone: 'plain',
          title: `${current.name} deleted`,
          text: 'It is still in the editor, as a new one.',
          action: {
            label: 'Undo',
            run: () => store(null, { document: current.document, text, opened: draft.opened }),
          },
        });
      })
      .catch(failed('Not deleted'));
  };
  const stopNow = (id: string): void => {
    stop.mutateAsync(id).catch(failed('Not stopped'));
  };
  const test = (): void => {
    if (document === null) return;
    const setup = loadTestSetup() ?? defaultTestSetup({ exchange, symbol });
    const strategy = setupStrategy(document, isDirty ? 'draft' : (draft?.key ?? 'draft'));
    saveTestSetup({ ...setup, strategies: [strategy] });
    void navigate('/testing');
  };
  const restore = (old: AnyStrategyDocument): void => {
    const parsed = parseJson(JSON.stringify(old));
    if (parsed.ok) editor.changeJson(() => parsed.value);
  };
  const name = valueAt(json, ['name']);

  return (
    <div
      // On narrow screens the bar below is of several rows, and nothing that gets the focus may end under it.
      className="flex min-h-0 min-w-0 flex-col max-xl:**:scroll-mt-28"
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key === 's') {
          event.preventDefault();
          if (canSave) saveNow();
          else if (mayChange && !isSound)
            notify({ tone: 'bad', title: 'Not saved', text: 'What is marked must be put right first.' });
        }
      }}
    >
      <div className="sticky top-0 z-20 flex flex-wrap items-center gap-2 border-b-2 border-line bg-bg px-3 py-2 xl:h-13 xl:flex-nowrap">
        <div className="flex min-w-0 items-center gap-2 max-xl:w-full">
          <IconButton icon={ArrowLeft} label="All strategies" tipSide="right" className="lg:hidden" onClick={onList} />
          <h2
            tabIndex={-1}
            title={typeof name === 'string' ? name : undefined}
            className="min-w-0 truncate text-lg font-extrabold"
          >
            {typeof name === 'string' && name !== '' ? name : 'Strategy'}
          </h2>
          {current === null ? (
            isKnown ? (
              <Badge tone="muted">Not stored</Badge>
            ) : null
          ) : (
            <Badge>v{draft?.version}</Badge>
          )}
          {isDirty ? <Badge tone="accent">Unsaved</Badge> : null}
        </div>
        <span className="flex-1 max-xl:hidden" />
        {isCode ? null : (
          <>
            <ToggleGroup label="View" options={VIEWS} value={view} onChange={setView} className="max-xl:hidden" />
            <ToggleGroup
              label="View"
              options={VIEWS.slice(1)}
              value={view === 'both' ? 'form' : view}
              onChange={setView}
              className="xl:hidden"
            />
          </>
        )}
        <IconButton
          icon={Copy}
          label="Duplicate"
          disabled={document === null}
          onClick={() =>
            document && onOpen({ key: 'new', document: { ...document, name: `${document.name} copy` }, version: null })
          }
        />
        <IconButton
          icon={Download}
          label="Export as JSON"
          onClick={() =>
            saveFile(
              new Blob([draft?.text ?? ''], { type: 'application/json' }),
              `${typeof name === 'string' ? name : 'strategy'}.json`,
            )
          }
        />
        {current === null ? null : (
          <>
            <IconButton icon={History} label="Versions" onClick={() => setDialog('versions')} />
            {mayChange ? <IconButton icon={Trash2} label="Delete" tipSide="left" onClick={removeNow} /> : null}
            {!mayChange ? null : current.running.length > 0 ? (
              <Button busy={stop.isPending} onClick={() => stopNow(current.id)}>
                <Square aria-hidden /> Stop
              </Button>
            ) : (
              <Button
                disabled={isDirty}
                title={isDirty ? 'Save it first: what runs is what is stored.' : undefined}
                onClick={() => setDialog('start')}
              >
                <Play aria-hidden /> Start
              </Button>
            )}
          </>
        )}
        <Button disabled={!isSound} onClick={test}>
          <FlaskConical aria-hidden /> Test
        </Button>
        {mayChange ? (
          <Button tone="primary" disabled={!canSave && !save.isPending} busy={save.isPending} onClick={saveNow}>
            <Save aria-hidden /> Save
          </Button>
        ) : null}
      </div>
      {current === null ? null : <RunBar strategy={current} zone={zone} />}
      <IssueBar syntaxError={syntaxError} issues={issues} />
      {isCode ? (
        <TextSide>
          <CodePane key={draft?.opened} value={json} issues={issues} onChange={editor.changeJson} />
        </TextSide>
      ) : (
        <div className={cn('grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)]', view === 'both' && 'xl:grid-cols-2')}>
          {view === 'json' ? null : (
            <div className={cn('min-w-0', syntaxError !== null && 'opacity-50')} inert={syntaxError !== null}>
              <StrategyForm value={json} issues={issues} onChange={editor.changeJson} />
            </div>
          )}
          {view === 'form' ? null : (
            <div
              className={cn(
                'min-w-0 border-line xl:sticky xl:top-13 xl:h-[calc(100dvh-136px)] xl:border-l-2',
                view === 'both' && 'max-xl:hidden',
                view === 'json' && 'h-[70dvh]',
              )}
            >
              <TextSide>
                <JsonEditor
                  key={draft?.opened}
                  text={draft?.text ?? ''}
                  issues={issues}
                  words={words}
                  onChange={editor.changeText}
                />
              </TextSide>
            </div>
          )}
        </div>
      )}
      {current !== null ? (
        <>
          <ProofPanel strategy={current} zone={zone} canProve={mayChange} />
          <Panel title="Last signals" className="m-3">
            <SignalPanel strategy={current} zone={zone} />
          </Panel>
        </>
      ) : null}
      {dialog === 'versions' && current !== null ? (
        <VersionDialog
          id={current.id}
          current={draft?.text ?? ''}
          zone={zone}
          onOpenChange={() => setDialog(null)}
          onRestore={restore}
        />
      ) : null}
      {dialog === 'start' && current !== null ? (
        <StartDialog strategy={current} onOpenChange={() => setDialog(null)} />
      ) : null}
      {conflict === null ? null : (
        <ConflictDialog
          mine={conflict.mine.text}
          theirs={storedText(conflict.theirs.document)}
          onOpenChange={() => setConflict(null)}
          onKeepMine={() => store(conflict.theirs, conflict.mine)}
          onTakeTheirs={() => {
            editor.open({
              key: `stored:${conflict.theirs.id}`,
              document: conflict.theirs.document,
              version: conflict.theirs.version,
            });
            setConflict(null);
          }}
        />
      )}
    </div>
  );
}

/** Where text is edited: a chunk of its own, without which the form goes on. */
function TextSide({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary subject="The text editor">
      <Suspense fallback={<p className="caps p-4 text-muted">Loading the editor…</p>}>{children}</Suspense>
    </ErrorBoundary>
  );
}

/** `value` as it was when it last stood still for `ms`. */
function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** Where it runs, what it waits for there, and why it stopped by itself. */
function RunBar({ strategy: { running, fault }, zone }: { strategy: StrategyView; zone: string }) {
  if (running.length === 0 && fault === null) return null;
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 border-b-2 border-line px-3 py-1 text-xs">
      {running.map(({ exchange, symbol, waitsFor }) => (
        <Fragment key={`${exchange} ${symbol}`}>
          <Badge tone="up">Running</Badge> {symbol} on {exchange}
          {waitsFor === null ? null : (
            <strong className="text-down">
              waits for {waitsFor.symbol} since {formatDateTime(waitsFor.sinceMs, zone)}
            </strong>
          )}
        </Fragment>
      ))}
      {fault === null ? null : (
        <>
          <Badge tone="down">Stopped by itself</Badge> <span className="min-w-0">{fault}</span>
        </>
      )}
    </p>
  );
}

/** What keeps the document from being saved or tested, in one line; the rest at the fields. */
function IssueBar({ syntaxError, issues }: { syntaxError: string | null; issues: readonly StrategyIssue[] }) {
  const first = issues[0];
  if (syntaxError === null && first === undefined) return null;
  return (
    <p role="status" className="border-b-2 border-down px-3 py-1 text-xs">
      <strong className="text-down">
        × {syntaxError === null ? `${String(issues.length)} to put right` : 'The text is no JSON yet'}
      </strong>{' '}
      {syntaxError ?? (
        <>
          <code>{first?.path}</code>: {first?.message}
        </>
      )}
    </p>
  );
}
