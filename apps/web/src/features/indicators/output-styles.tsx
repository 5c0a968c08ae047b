import { useId } from 'react';
import { colorOf, PLOT_COLORS } from '../../chart/api/overlay-colors.js';
import type { OverlayDefinition } from '../../chart/api/overlay-definitions.js';
import type { IndicatorChoice } from '../../data/workspace-schema.js';
import { cn } from '../../ui/cn.js';
import { ToggleGroup } from '../../ui/toggle-group.js';

type Style = Pick<IndicatorChoice, 'colors' | 'widthPx'>;

const COLORS: readonly (readonly [token: string, name: string])[] = [
  ...PLOT_COLORS.map(
    (token, index) => [token, ['Blue', 'Orange', 'Violet', 'Teal', 'Pink', 'Olive'][index] ?? token] as const,
  ),
  ['up', 'Rising'],
  ['down', 'Falling'],
  ['ink', 'Ink'],
  ['muted', 'Grey'],
];
const WIDTHS = ['1', '1.5', '2', '3'] as const;

/** Colours of the outputs and the width of the lines. */
export function OutputStyles({
  definition,
  turn,
  style,
  onChange,
}: {
  definition: OverlayDefinition;
  turn: number;
  style: Style;
  onChange: (style: Style) => void;
}) {
  return (
    <fieldset className="mt-2 flex flex-col gap-2 border-t-2 border-line pt-3">
      <legend className="sr-only">Style</legend>
      {Object.entries(definition.outputs).map(([output, spec]) => (
        <Swatches
          key={output}
          label={`Colour of ${spec.title}`}
          value={style.colors[output] ?? colorOf(spec, turn)}
          onChange={(color) => onChange({ ...style, colors: { ...style.colors, [output]: color } })}
        />
      ))}
      <div className="flex items-center justify-between gap-3">
        <span className="text-sm">Line width</span>
        <ToggleGroup
          label="Line width"
          value={WIDTHS.find((width) => Number(width) === style.widthPx) ?? '1.5'}
          onChange={(width) => onChange({ ...style, widthPx: Number(width) })}
          options={WIDTHS.map((width) => ({ value: width, label: width }))}
        />
      </div>
    </fieldset>
  );
}

/** Colours as radio buttons: arrows move, the name is told. */
function Swatches({ label, value, onChange }: { label: string; value: string; onChange: (color: string) => void }) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm">{label}</legend>
      <div className="flex flex-wrap gap-1">
        {COLORS.map(([token, title]) => (
          <label
            key={token}
            title={title}
            className={cn(
              'relative size-7 cursor-pointer border-2 has-focus-visible:[outline:2px_solid_var(--wick-focus)] has-focus-visible:outline-offset-1 touch:size-10',
              token === value ? 'border-ink' : 'border-transparent',
            )}
          >
            <input
              type="radio"
              name={name}
              aria-label={title}
              checked={token === value}
              onChange={() => onChange(token)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span
              aria-hidden
              className="pointer-events-none absolute inset-1"
              style={{ background: `var(--wick-${token})` }}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
