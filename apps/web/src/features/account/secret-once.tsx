import { Copy } from 'lucide-react';
import { Button } from '../../ui/button.js';
import { copyText } from '../../ui/copy-text.js';

/** Something that is shown now and never again. */
export function SecretOnce({ what, text, onDone }: { what: string; text: string; onDone: () => void }) {
  return (
    <div role="status" className="flex flex-col gap-2 border-2 border-accent p-3">
      <p className="text-sm font-bold">{what}: copy it now, it is not shown again.</p>
      <pre className="overflow-x-auto border-2 border-hair bg-surface p-2 text-sm select-all">{text}</pre>
      <div className="flex gap-2">
        <Button onClick={() => copyText(text, what)}>
          <Copy aria-hidden />
          Copy
        </Button>
        <Button tone="ghost" onClick={onDone}>
          I have it
        </Button>
      </div>
    </div>
  );
}
