import { Download, LayoutTemplate, Save, Trash2, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'react-redux';
import { ChartTemplate, type Workspace } from '../../data/workspace-schema.js';
import { settingsChanged, useWorkspace, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { saveFile } from '../../ui/save-file.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Field } from '../../ui/field.js';
import { IconButton } from '../../ui/icon-button.js';
import { FileInput } from '../../ui/file-input.js';
import { Input } from '../../ui/input.js';
import { notify } from '../../ui/toast-store.js';
import { applied, templateOf } from './choices.js';
import { templateFromText, templateToText } from './template-file.js';

/** Saved looks of the chart: apply, overwrite, delete, export and import; stored with the workspace. */
export function TemplateDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const store = useStore<{ workspace: Workspace }>();
  const dispatch = useWorkspaceDispatch();
  const templates = useWorkspace((workspace) => workspace.templates);
  const set = (next: readonly ChartTemplate[]): void => void dispatch(settingsChanged({ templates: next }));
  const put = (template: ChartTemplate): void => {
    const at = templates.findIndex(({ name }) => name === template.name);
    set(at < 0 ? [...templates, template] : templates.with(at, template));
  };
  const save = (name: string): void => put(templateOf(store.getState().workspace, name));
  const apply = (template: ChartTemplate): void => {
    dispatch(settingsChanged(applied(template)));
    notify({ tone: 'plain', title: `${template.name} applied` });
    onOpenChange(false);
  };
  const remove = (template: ChartTemplate): void => {
    set(templates.filter((other) => other !== template));
    const undo = (): void => set([...store.getState().workspace.templates, template]);
    notify({ tone: 'plain', title: `${template.name} deleted`, action: { label: 'Undo', run: undo } });
  };
  return (
    <Dialog open onOpenChange={onOpenChange} title="Chart templates" place="center">
      <SaveForm names={templates.map(({ name }) => name)} onSave={save} />
      {templates.length === 0 ? (
        <EmptyState
          icon={LayoutTemplate}
          title="No templates yet"
          text="Save the chart's style and indicators under a name to find them again on any market."
        />
      ) : (
        <ul aria-label="Templates" className="border-t-2 border-line">
          {templates.map((template) => (
            <li key={template.name} className="flex items-center gap-1 border-b border-hair py-1 pr-2 pl-4">
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm font-bold">{template.name}</span>
                <span className="block truncate text-xs text-muted">{describe(template)}</span>
              </span>
              <Button size="sm" tone="primary" onClick={() => apply(template)} aria-label={`Apply ${template.name}`}>
                Apply
              </Button>
              <IconButton
                icon={Save}
                size="sm"
                tipSide="left"
                label={`Overwrite ${template.name} with the chart as it is`}
                onClick={() => {
                  save(template.name);
                  notify({
                    tone: 'plain',
                    title: `${template.name} overwritten`,
                    action: { label: 'Undo', run: () => put(template) },
                  });
                }}
              />
              <IconButton
                icon={Download}
                size="sm"
                tipSide="left"
                label={`Export ${template.name}`}
                onClick={() =>
                  saveFile(new Blob([templateToText(template)], { type: 'application/json' }), `${template.name}.json`)
                }
              />
              <IconButton
                icon={Trash2}
                size="sm"
                tipSide="left"
                tone="danger"
                label={`Delete ${template.name}`}
                onClick={() => remove(template)}
              />
            </li>
          ))}
        </ul>
      )}
      <Import onImport={put} />
    </Dialog>
  );
}

function describe({ chartKind, indicators }: ChartTemplate): string {
  const names = indicators.map(({ indicator }) => indicator.toUpperCase());
  return [chartKind, ...(names.length === 0 ? ['no indicators'] : names)].join(' · ');
}

function SaveForm({ names, onSave }: { names: readonly string[]; onSave: (name: string) => void }) {
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const trimmed = name.trim();
  const isTaken = names.includes(trimmed);
  return (
    <form
      className="flex items-start gap-2 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ChartTemplate.shape.name.safeParse(name).success) {
          setError(trimmed === '' ? 'Give it a name.' : 'At most 60 letters.');
          return;
        }
        onSave(trimmed);
        setName('');
      }}
    >
      <Field
        label="Save the chart as"
        className="flex-1"
        {...(error === undefined
          ? { hint: isTaken ? 'A template of that name is overwritten.' : 'Style and indicators.' }
          : { error })}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setError(undefined);
            }}
          />
        )}
      </Field>
      <Button type="submit" className="mt-5">
        {isTaken ? 'Overwrite' : 'Save'}
      </Button>
    </form>
  );
}

function Import({ onImport }: { onImport: (template: ChartTemplate) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string>();
  const read = async (file: File): Promise<void> => {
    const template = templateFromText(await file.text());
    setError(template.ok ? undefined : template.error);
    if (!template.ok) return;
    onImport(template.value);
    notify({ tone: 'good', title: `${template.value.name} imported` });
  };
  return (
    <div className="flex flex-wrap items-center gap-3 p-4">
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        Import a file
      </Button>
      <FileInput
        ref={input}
        label="Template file"
        accept="application/json,.json"
        onFile={(file) => void read(file).catch((cause: unknown) => setError(String(cause)))}
      />
      {error === undefined ? null : (
        <p role="alert" className="text-xs font-bold text-down">
          × {error}
        </p>
      )}
    </div>
  );
}
