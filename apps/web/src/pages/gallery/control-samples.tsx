import { Play, Settings, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { IconButton } from '../../ui/icon-button.js';
import { Input } from '../../ui/input.js';
import { Kbd } from '../../ui/kbd.js';
import { Panel } from '../../ui/panel.js';
import { Sample } from './sample.js';

export function ControlSamples() {
  const [pressed, setPressed] = useState(true);
  const [busy, setBusy] = useState(false);
  return (
    <Panel title="Buttons and fields">
      <Sample name="Button: tones">
        <Button>Plain</Button>
        <Button tone="primary">Primary</Button>
        <Button tone="danger">
          <Trash2 aria-hidden /> Danger
        </Button>
        <Button tone="ghost">Ghost</Button>
      </Sample>
      <Sample name="Button: disabled">
        <Button disabled>Plain</Button>
        <Button tone="primary" disabled>
          Primary
        </Button>
        <Button tone="danger" disabled>
          Danger
        </Button>
        <Button tone="ghost" disabled>
          Ghost
        </Button>
      </Sample>
      <Sample name="Button: busy, sizes">
        <Button tone="primary" busy={busy} onClick={() => setBusy(true)}>
          {busy ? 'Working' : 'Press to work'}
        </Button>
        <Button size="sm">Small</Button>
        <Button>Medium</Button>
        <Button size="lg">
          <Play aria-hidden /> Large
        </Button>
      </Sample>
      <Sample name="Icon button: ghost, plain, pressed, danger, disabled">
        <IconButton icon={Settings} label="Settings" />
        <IconButton icon={Settings} label="Settings, plain" tone="plain" />
        <IconButton icon={Star} label="Favourite" pressed={pressed} onClick={() => setPressed(!pressed)} />
        <IconButton icon={Trash2} label="Delete" tone="danger" />
        <IconButton icon={Trash2} label="Delete, not now" disabled />
      </Sample>
      <Sample name="Field: hint, error, disabled" className="grid grid-cols-1 items-start sm:grid-cols-3">
        <Field label="From" hint="UTC, year-month-day">
          {(control) => <Input {...control} placeholder="2024-01-01" />}
        </Field>
        <Field label="Quantity" error="Larger than 0.0001 BTC.">
          {(control) => <Input {...control} defaultValue="0.00001" inputMode="decimal" />}
        </Field>
        <Field label="Fee" hint="Set by the exchange">
          {(control) => <Input {...control} disabled defaultValue="0.1 %" />}
        </Field>
      </Sample>
      <Sample name="Kbd">
        <Kbd keys="mod+k" />
        <Kbd keys="g d" />
        <Kbd keys="?" />
        <Kbd keys="alt+up" />
      </Sample>
    </Panel>
  );
}
