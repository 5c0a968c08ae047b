import { isObject, withKeyMoved, type Json, type Path } from '../../data/strategies-json.js';
import { Button } from '../../ui/button.js';
import { ConditionEditor } from './condition-editor.js';
import { ChoiceField, TextField } from './fields.js';
import { useForm, usePlace } from './form-context.js';
import { ItemBox } from './item-box.js';
import { NameField } from './name-field.js';
import { OrderFields } from './order-fields.js';
import { freeName, OptionalPart, Section } from './section.js';

const FRESH_CONDITION: Json = { compare: ['close', '>', 0] };
const OPPOSITE = [
  { value: 'reverse', label: 'Turn the position around' },
  { value: 'close', label: 'Close the position' },
  { value: 'ignore', label: 'Do nothing' },
] as const;

/** Conditions with names, to be used in several rules. */
export function ConditionsSection() {
  const { rename } = useForm();
  const { value, set } = usePlace(['conditions']);
  const conditions = isObject(value) ? value : {};
  const names = Object.keys(conditions);
  return (
    <Section title="Named conditions" under="conditions" text="Their names become the reasons of trades.">
      {names.map((name, index) => (
        <ItemBox
          key={index}
          title={name}
          what={`condition ${name}`}
          index={index}
          count={names.length}
          onMove={(by) => set(withKeyMoved(conditions, index, by))}
          onRemove={() => {
            const { [name]: _gone, ...rest } = conditions;
            set(rest);
          }}
        >
          <div className="flex flex-col gap-3">
            <NameField
              label="Name"
              name={name}
              taken={names}
              onRename={(to) => rename('conditions', { from: name, to })}
            />
            <ConditionEditor label={name} path={['conditions', name]} />
          </div>
        </ItemBox>
      ))}
      <Button
        data-add
        size="sm"
        className="self-start"
        onClick={() => set({ ...conditions, [freeName(names, 'condition')]: FRESH_CONDITION })}
      >
        + Named condition
      </Button>
    </Section>
  );
}

/** When to enter and when to leave, long and short. */
export function RulesSection({ side }: { side: 'entry' | 'exit' }) {
  const verb = side === 'entry' ? 'Enter' : 'Leave';
  return (
    <Section
      title={side === 'entry' ? 'Entries' : 'Exits'}
      under={side}
      text={
        side === 'entry' ? 'Read at the close, filled at the next open at the earliest.' : 'Besides stops and targets.'
      }
    >
      {(['long', 'short'] as const).map((direction) => (
        <OptionalPart
          key={direction}
          title={`${verb} ${direction}`}
          path={[side, direction]}
          fresh={{ when: FRESH_CONDITION }}
        >
          <RuleFields path={[side, direction]} label={`${verb} ${direction} when`} />
        </OptionalPart>
      ))}
      {side === 'entry' ? (
        <ChoiceField
          label="On a signal against the position"
          path={['opposite']}
          options={OPPOSITE}
          fallback="reverse"
          className="max-w-80"
        />
      ) : null}
    </Section>
  );
}

function RuleFields({ path, label }: { path: Path; label: string }) {
  return (
    <>
      <ConditionEditor label={label} path={[...path, 'when']} />
      <TextField label="Reason shown" path={[...path, 'label']} optional className="max-w-80" />
      <OrderFields path={[...path, 'order']} />
    </>
  );
}
