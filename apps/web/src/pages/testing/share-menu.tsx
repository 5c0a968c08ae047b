import { Check, FileJson, FileUp, Globe, Share2, ShieldX } from 'lucide-react';
import { useRef, useState } from 'react';
import { sentenceOf } from '../../data/auth-rest.js';
import { runAgainOnServer } from '../../data/backtests-server.js';
import { TestError, type EngineClient } from '../../data/engine-worker-client.js';
import type { Verdict } from '../../data/engine-worker-protocol.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { FileInput } from '../../ui/file-input.js';
import { notify } from '../../ui/toast-store.js';
import { saveFile } from '../../ui/save-file.js';

/** Files whose run needs stored trades are run again by the server. */
async function verified(engine: EngineClient, text: string): Promise<Verdict> {
  try {
    return await engine.verify(text);
  } catch (error) {
    if (!(error instanceof TestError) || error.fault.kind !== 'needs-server') throw error;
    return engine.verify(text, await runAgainOnServer(text));
  }
}

const reasonOf = (error: unknown): string => (error instanceof TestError ? error.fault.message : sentenceOf(error));

/** Gives a result away as a file that can be verified, and verifies the files of others. */
export function ShareMenu({ engine, hasResult }: { engine: EngineClient; hasResult: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState<'json' | 'html' | 'verify' | null>(null);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  const save = (form: 'json' | 'html'): void => {
    setBusy(form);
    engine
      .file(form)
      .then(({ blob, name }) => saveFile(blob, name))
      .catch((error: unknown) => notify({ tone: 'bad', title: 'Not saved', text: reasonOf(error) }))
      .finally(() => setBusy(null));
  };
  const verify = (file: File): void => {
    setBusy('verify');
    setVerdict(null);
    file
      .text()
      .then((text) => verified(engine, text))
      .then(setVerdict)
      .catch((error: unknown) => notify({ tone: 'bad', title: 'Not verified', text: reasonOf(error) }))
      .finally(() => setBusy(null));
  };

  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">
        <Share2 aria-hidden /> Share
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Share and verify"
        description="A result names its strategy, its settings and the fingerprint of its candles. Whoever runs it again gets the same, or sees that something was changed."
      >
        <div className="flex flex-col gap-3 p-4">
          <Button disabled={!hasResult} busy={busy === 'html'} onClick={() => save('html')}>
            <Globe aria-hidden /> Page that verifies itself (.html)
          </Button>
          <p className="-mt-2 text-xs text-muted">
            Holds result, engine, candles and the trades that decided inside them; opens anywhere, without a server.
          </p>
          <Button disabled={!hasResult} busy={busy === 'json'} onClick={() => save('json')}>
            <FileJson aria-hidden /> Result file (.json)
          </Button>
          <p className="-mt-2 text-xs text-muted">
            For <code>wick verify</code>, other programs, and the button below.
          </p>
          <FileInput
            ref={picker}
            label="Result file to verify"
            accept=".json,.html,application/json,text/html"
            onFile={verify}
          />
          <Button tone="primary" busy={busy === 'verify'} onClick={() => picker.current?.click()}>
            <FileUp aria-hidden /> Verify a file
          </Button>
          {verdict === null ? null : (
            <div
              role="status"
              data-verdict={verdict.same ? 'same' : 'different'}
              className={verdict.same ? 'border-2 border-up p-3' : 'border-2 border-down p-3'}
            >
              <p className="flex items-center gap-2 text-sm font-bold">
                {verdict.same ? (
                  <Check className="size-5 shrink-0 text-up" aria-hidden />
                ) : (
                  <ShieldX className="size-5 shrink-0 text-down" aria-hidden />
                )}
                {verdict.same ? 'Verified' : 'Not the same'}
              </p>
              <p className="text-xs">{verdict.text}</p>
              <dl className="mt-2 text-2xs break-all text-muted">
                <dt className="font-bold">In the file</dt>
                <dd>{verdict.claimed.resultHash}</dd>
                <dt className="font-bold">Run again here</dt>
                <dd>{verdict.found.resultHash}</dd>
              </dl>
            </div>
          )}
        </div>
      </Dialog>
    </>
  );
}
