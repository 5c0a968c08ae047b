import type { ParamSpec } from '@wickworks/engine';
import { cn } from '../../ui/cn.js';
import { controlStyle, Input } from '../../ui/input.js';

export interface ParamControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  autoFocus: boolean;
  spec: ParamSpec;
  /** The number is a time, ms UTC; 0 stands for none. */
  isTime: boolean;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
}

/** The control for one declared parameter; in numbers the arrow keys step, with Shift ten at a time. */
export function ParamControl({ spec, isTime, value, onChange, ...control }: ParamControlProps) {
  if (isTime) {
    const timeMs = Number(value);
    return (
      <Input
        {...control}
        type="datetime-local"
        max="9999-12-31T23:59"
        value={timeMs > 0 ? new Date(timeMs).toISOString().slice(0, 16) : ''}
        onChange={(event) => onChange(event.target.value === '' ? '0' : String(Date.parse(`${event.target.value}Z`)))}
      />
    );
  }
  switch (spec.kind) {
    case 'flag':
      return (
        <select
          {...control}
          className={cn(controlStyle())}
          value={value === true ? 'on' : 'off'}
          onChange={(event) => onChange(event.target.value === 'on')}
        >
          <option value="on">On</option>
          <option value="off">Off</option>
        </select>
      );
    case 'choice':
    case 'source':
      return (
        <select
          {...control}
          className={cn(controlStyle())}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        >
          {spec.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      );
    case 'number':
      return (
        <Input
          {...control}
          inputMode={spec.whole ? 'numeric' : 'decimal'}
          autoComplete="off"
          value={String(value)}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange(event.target.value.replace(',', '.'))}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            const by = spec.step * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
            onChange(String(stepped(Number(value), by, spec)));
          }}
        />
      );
  }
}

/** `value + by` inside the range, without the noise of binary fractions. */
function stepped(
  value: number,
  by: number,
  { min, max, default: fallback }: { min: number; max: number; default: number },
): number {
  const from = Number.isFinite(value) ? value : fallback;
  return Math.min(max, Math.max(min, Number((from + by).toPrecision(12))));
}
