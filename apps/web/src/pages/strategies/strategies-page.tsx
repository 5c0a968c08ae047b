import type { AnyStrategyDocument, StrategyView } from '@wickworks/contracts';
import { FileCode2, FilePlus2, FileUp, Workflow } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { parseJson } from '../../data/strategies-json.js';
import { strategyExamples } from '../../data/strategies-hooks.js';
import { describeError, strategyServer } from '../../data/strategies-rest.js';
import { useStrategies } from '../../data/strategies-stored.js';
import { BLANK_CODE } from '../../features/strategy-form/blank-code.js';
import { BLANK_STRATEGY } from '../../features/strategy-form/blank.js';
import { StrategyList, type ListedStrategy } from '../../features/strategy-list/strategy-list.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { zoneName } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { cn } from '../../ui/cn.js';
import { EmptyState } from '../../ui/empty-state.js';
import { FileInput } from '../../ui/file-input.js';
import { RoleNote } from '../../features/sign-in/role-note.js';
import { PageHeader } from '../../ui/page-header.js';
import { notify } from '../../ui/toast-store.js';
import { EditorView } from './editor-view.js';
import { useEditor } from './use-editor.js';

interface Opening {
  key: string;
  document: unknown;
  version: number | null;
}

/** Strategies: those of this server and the examples, and one of them in the editor. */
export function StrategiesPage() {
  const { data, error, refetch, isFetching, isLoading } = useStrategies();
  const editor = useEditor();
  const [asked, setAsked] = useState<Opening | null>(null);
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const picker = useRef<HTMLInputElement>(null);
  // Narrow screens have room for the list or for what is open, not for both.
  const [isListOpen, setListOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const isTurned = useRef(false);
  useEffect(() => {
    if (!isTurned.current) return;
    isTurned.current = false;
    // Whoever pressed a button in the one that went finds the focus in the other.
    if (isListOpen) (list.current?.querySelector<HTMLElement>('[aria-current]') ?? list.current)?.focus();
    else if (list.current?.checkVisibility() === false) pane.current?.querySelector('h2')?.focus();
  });
  const turn = (toList: boolean): void => {
    isTurned.current = true;
    setListOpen(toList);
  };
  const begin = (opening: Opening): void => {
    editor.open(opening);
    turn(false);
  };
  const isAlone = editor.draft !== null && !isListOpen;
  const stored = useMemo(() => data ?? [], [data]);
  const listed = useMemo<readonly ListedStrategy[]>(
    () => [
      ...stored.map((view) => ({
        key: `stored:${view.id}`,
        name: view.name,
        timeframe: view.document.timeframe,
        description: view.document.description ?? '',
        stored: view,
      })),
      ...strategyExamples().map(({ key, name, document }) => ({
        key,
        name,
        timeframe: document.timeframe,
        description: document.description ?? '',
        stored: null,
      })),
    ],
    [stored],
  );
  const current: StrategyView | null = stored.find(({ id }) => `stored:${id}` === editor.draft?.key) ?? null;

  /** Opens another document, unless that would lose changes: then it asks first. */
  const open = (opening: Opening): void => {
    if (editor.isDirty) setAsked(opening);
    else begin(opening);
  };
  const select = (key: string): void => {
    const view = stored.find(({ id }) => `stored:${id}` === key);
    const example = strategyExamples().find((one) => one.key === key);
    const document: AnyStrategyDocument | undefined = view?.document ?? example?.document;
    if (document !== undefined) open({ key, document, version: view?.version ?? null });
  };
  // A link from elsewhere names the strategy to open.
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('open');
  const openFound = useRef((_found: StrategyView): void => undefined);
  useEffect(() => {
    openFound.current = ({ id, document, version }) => {
      const key = `stored:${id}`;
      if (editor.draft?.key !== key) open({ key, document, version });
    };
  });
  useEffect(() => {
    if (wanted === null) return;
    setSearch({}, { replace: true });
    strategyServer.read(wanted).then(
      (found) => openFound.current(found),
      (cause: unknown) => notify({ tone: 'bad', title: 'Not opened', text: describeError(cause) }),
    );
  }, [wanted, setSearch]);
  const importFile = (file: File): void => {
    file
      .text()
      .then((text) => {
        if (/\.[jt]s$/.test(file.name)) {
          const name = file.name.replace(/\.[jt]s$/, '');
          open({ key: 'new', document: { ...BLANK_CODE, name, source: text }, version: null });
          return;
        }
        const parsed = parseJson(text);
        if (parsed.ok) open({ key: 'new', document: parsed.value, version: null });
        else notify({ tone: 'bad', title: 'Not imported', text: `${file.name} is no JSON: ${parsed.error}` });
      })
      .catch((cause: unknown) => notify({ tone: 'bad', title: 'Not imported', text: String(cause) }));
  };

  return (
    <div className="flex min-h-full flex-col">
      {isAlone ? <h1 className="sr-only lg:hidden">Strategies</h1> : null}
      <div className={cn(isAlone && 'max-lg:hidden')}>
        <PageHeader
          title="Strategies"
          text="Rules as a form and as JSON, two views of one document. Start from an example; every save keeps a version."
          actions={
            <>
              <Button tone="primary" onClick={() => open({ key: 'new', document: BLANK_STRATEGY, version: null })}>
                <FilePlus2 aria-hidden /> New
              </Button>
              <Button onClick={() => open({ key: 'new', document: BLANK_CODE, version: null })}>
                <FileCode2 aria-hidden /> New in code
              </Button>
              <Button onClick={() => picker.current?.click()}>
                <FileUp aria-hidden /> Import
              </Button>
              <FileInput
                ref={picker}
                label="Strategy file to import"
                accept=".json,.ts,.js,application/json"
                onFile={importFile}
              />
            </>
          }
        />
      </div>
      <RoleNote role="trader">Try what you like: drafts stay in this browser, and cannot be saved or started.</RoleNote>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[260px_minmax(0,1fr)]">
        <div
          ref={list}
          tabIndex={-1}
          className={cn('border-line outline-none lg:border-r-2', isAlone && 'max-lg:hidden')}
        >
          <div className="lg:sticky lg:top-0 lg:max-h-[calc(100dvh-84px)] lg:overflow-y-auto">
            {error === null ? null : (
              <p role="alert" className="border-b-2 border-down p-3 text-xs">
                Stored strategies cannot be read: {describeError(error)}{' '}
                <Button size="sm" tone="ghost" busy={isFetching} onClick={() => void refetch()}>
                  Try again
                </Button>
              </p>
            )}
            <StrategyList
              strategies={listed}
              selected={editor.draft?.key ?? null}
              missing={data !== undefined ? null : isLoading ? 'loading' : error === null ? null : 'failed'}
              zone={zone}
              onSelect={select}
            />
          </div>
        </div>
        {editor.draft === null ? (
          <EmptyState
            icon={Workflow}
            title="Choose a strategy"
            text="Open one of yours, an example to start from, or begin a new one."
            className="self-start py-24 max-lg:hidden"
          />
        ) : (
          <div ref={pane} className={cn('min-w-0', isListOpen && 'max-lg:hidden')}>
            <EditorView
              editor={editor}
              current={current}
              isKnown={data !== undefined || !editor.draft.key.startsWith('stored:')}
              onOpen={open}
              onList={() => turn(true)}
            />
          </div>
        )}
      </div>
      {asked === null ? null : (
        <Dialog
          open
          onOpenChange={() => setAsked(null)}
          title="Unsaved changes"
          description="The strategy in the editor was changed and not saved."
          footer={
            <>
              <Button onClick={() => setAsked(null)}>Go on editing</Button>
              <Button
                tone="danger"
                onClick={() => {
                  begin(asked);
                  setAsked(null);
                }}
              >
                Discard the changes
              </Button>
            </>
          }
        >
          <p className="p-4 text-sm">What was typed since the last save would be gone.</p>
        </Dialog>
      )}
    </div>
  );
}
