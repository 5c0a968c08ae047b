import { Panel } from '../../ui/panel.js';
import { Sample } from './sample.js';

const COLOURS = [
  'bg',
  'surface',
  'raised',
  'hair',
  'line',
  'edge',
  'faint',
  'muted',
  'ink',
  'accent',
  'focus',
  'warn',
  'up',
  'down',
] as const;
const SIZES = [
  ['text-3xl font-extrabold', '40 / 800'],
  ['text-2xl font-extrabold', '28 / 800'],
  ['text-xl font-bold', '20 / 700'],
  ['text-lg font-bold', '16 / 700'],
  ['text-sm', '13 / 400'],
  ['text-xs', '12 / 400'],
] as const;

export function TokenSamples() {
  return (
    <Panel title="Colour and type">
      <Sample name="Tokens" className="grid grid-cols-4 gap-0 sm:grid-cols-7">
        {COLOURS.map((name) => (
          <div key={name} className="-mr-0.5 -mb-0.5 border-2 border-line">
            <div className="h-10" style={{ background: `var(--wick-${name})` }} />
            <p className="truncate border-t-2 border-line px-1 text-2xs">{name}</p>
          </div>
        ))}
      </Sample>
      <Sample name="Scale" className="flex-col items-start gap-1">
        {SIZES.map(([style, name]) => (
          <p key={name} className="flex w-full items-baseline justify-between gap-4 overflow-hidden">
            <span className={style}>97,123.45</span>
            <span className="shrink-0 text-2xs text-muted">{name}</span>
          </p>
        ))}
        <p className="caps">Section label 11 / 700</p>
      </Sample>
      <Sample name="Figures line up" className="flex-col items-end gap-0 text-sm">
        <span className="text-up">+1,111.11 %</span>
        <span className="text-down">−8,080.80 %</span>
        <span className="text-muted">0.00 %</span>
      </Sample>
    </Panel>
  );
}
