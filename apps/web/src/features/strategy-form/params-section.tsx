import { isObject, withKeyMoved, type Json } from '../../data/strategies-json.js';
import { Button } from '../../ui/button.js';
import { AmountField, FlagField, TextField, WordsField } from './fields.js';
import { useForm, usePlace } from './form-context.js';
import { ItemBox } from './item-box.js';
import { NameField } from './name-field.js';
import { freeName, Section } from './section.js';

const PATH = ['params'] as const;
const FRESH: Readonly<Record<'number' | 'choice' | 'flag', Json>> = {
  number: { kind: 'number', title: 'Period', default: 14, min: 2, max: 100, step: 1, whole: true },
  choice: { kind: 'choice', title: 'Choice', default: 'a', options: ['a', 'b'] },
  flag: { kind: 'flag', title: 'Switch', default: true },
};

/** Parameters, declared once: each becomes a slider of the testing page and is called `$name` in rules. */
export function ParamsSection() {
  const { rename } = useForm();
  const { value, set } = usePlace(PATH);
  const params = isObject(value) ? value : {};
  const names = Object.keys(params);
  return (
    <Section title="Parameters" under="params" text="Declared once; rules and indicators call them $name.">
      {names.map((name, index) => {
        const spec = params[name];
        const kind = isObject(spec) ? spec['kind'] : 'number';
        const path = [...PATH, name];
        return (
          <ItemBox
            key={index}
            title={`$${name}`}
            what={`parameter ${name}`}
            index={index}
            count={names.length}
            onMove={(by) => set(withKeyMoved(params, index, by))}
            onRemove={() => {
              const { [name]: _gone, ...rest } = params;
              set(rest);
            }}
          >
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(112px,1fr))]">
              <NameField
                label="Name"
                name={name}
                taken={names}
                onRename={(to) => rename('params', { from: name, to })}
              />
              <TextField label="Title" path={[...path, 'title']} />
              {kind === 'number' ? (
                <>
                  <AmountField label="Default" path={[...path, 'default']} />
                  <AmountField label="Lowest" path={[...path, 'min']} />
                  <AmountField label="Highest" path={[...path, 'max']} />
                  <AmountField label="Step" path={[...path, 'step']} />
                  <FlagField label="Whole numbers" path={[...path, 'whole']} />
                </>
              ) : kind === 'choice' ? (
                <>
                  <TextField label="Default" path={[...path, 'default']} />
                  <WordsField label="Options, comma between" path={[...path, 'options']} />
                </>
              ) : (
                <FlagField label="On by default" path={[...path, 'default']} />
              )}
            </div>
          </ItemBox>
        );
      })}
      <div data-add className="flex flex-wrap gap-2">
        {(['number', 'choice', 'flag'] as const).map((kind) => (
          <Button
            key={kind}
            size="sm"
            onClick={() => set({ ...params, [freeName(names, kind === 'number' ? 'period' : kind)]: FRESH[kind] })}
          >
            + {kind === 'number' ? 'Number' : kind === 'choice' ? 'Choice' : 'Switch'}
          </Button>
        ))}
      </div>
    </Section>
  );
}
