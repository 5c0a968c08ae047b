import { Copy, Download } from 'lucide-react';
import { Button } from '../../ui/button.js';
import { copyText } from '../../ui/copy-text.js';
import { saveFile } from '../../ui/save-file.js';

/** Something that is shown now and never again. */
export function SecretOnce({
  what,
  hint,
  text,
  fileName,
  onDone,
}: {
  what: string;
  /** What it is good for. */
  hint?: string;
  text: string;
  /** Under which name it may be kept as a file; without one it is only copied. */
  fileName?: string;
  onDone: () => void;
}) {
  return (
    <div role="status" className="flex w-full flex-col gap-2 border-2 border-warn p-3">
      <p className="text-sm">
        <strong>{what}: copy it now, it is not shown again.</strong> {hint}
      </p>
      <pre className="border-2 border-hair bg-surface p-2 text-sm wrap-anywhere whitespace-pre-wrap select-all">
        {text}
      </pre>
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" autoFocus onClick={() => copyText(text, what)}>
          <Copy aria-hidden />
          Copy
        </Button>
        {fileName === undefined ? null : (
          <Button onClick={() => saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), fileName)}>
            <Download aria-hidden />
            Save as a file
          </Button>
        )}
        <Button tone="ghost" onClick={onDone}>
          I have it
        </Button>
      </div>
    </div>
  );
}
