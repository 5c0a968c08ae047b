import { ANCHORS, type IndicatorDefinition, type OutputSpec, type ParamValues } from '@wickworks/engine';
import { PRICE_PANE } from '../pane-stack.js';
import type { SeriesSource } from '../series-source.js';
import { BandColumn, HistogramColumn, LineColumn } from './column-plot.js';
import { DerivedColumn, LegColumn, SessionTurns, type OutputValues } from './derived-column.js';
import { MarkerColumn } from './marker-column.js';
import type { OverlayInput } from './overlay-input.js';
import { colorOf, isOffScale, LEGEND_ONLY } from './overlay-style.js';

/** What came from the candles or from one of them; values before `from` are as they were. */
interface OverlayStep {
  readonly source: SeriesSource;
  readonly outputs: OutputValues;
  readonly from: number;
  readonly isTail: boolean;
}

/** A plot and how it follows the indicator's values. */
export interface Drawn {
  readonly plot: LineColumn | HistogramColumn | BandColumn | MarkerColumn;
  readonly follow: (step: OverlayStep) => void;
}

const EMPTY = new Float64Array(0);
const valuesOf = (outputs: OutputValues, name: string): Float64Array => outputs[name]?.values ?? EMPTY;

/** The plots of an indicator's outputs, as their declarations say. */
export function layOutputs(
  definition: IndicatorDefinition,
  params: ParamValues,
  input: OverlayInput,
  pane: string,
): Drawn[] {
  const outputs = Object.values(definition.outputs);
  const anchor = ANCHORS.find((one) => one === params['session']);
  const turns =
    anchor === undefined
      ? null
      : new SessionTurns(
          anchor,
          outputs.some(({ plot }) => plot !== 'step'),
        );
  const isAlone = outputs.length === 1;
  return Object.entries(definition.outputs).flatMap(([name, spec]) => {
    const label = isAlone ? '' : spec.title;
    return new OutputPlots(definition, input, { name, spec, pane, shift: shiftOf(spec, params), label, turns }).all();
  });
}

function shiftOf(spec: OutputSpec, params: ParamValues): number {
  const candles = spec.shiftBy === undefined ? 0 : Number(params[spec.shiftBy] ?? 0);
  return spec.shiftBack === true ? -candles : candles;
}

interface Output {
  readonly name: string;
  readonly spec: OutputSpec;
  readonly pane: string;
  /** Candles by which the drawing stands further right. */
  readonly shift: number;
  readonly label: string;
  /** Of an indicator that begins anew with every session. */
  readonly turns: SessionTurns | null;
}

/** The plots of one output. */
class OutputPlots {
  readonly #definition: IndicatorDefinition;
  readonly #input: OverlayInput;
  readonly #output: Output;

  constructor(definition: IndicatorDefinition, input: OverlayInput, output: Output) {
    this.#definition = definition;
    this.#input = input;
    this.#output = output;
  }

  all(): Drawn[] {
    const { name, spec } = this.#output;
    switch (spec.plot) {
      case 'markers':
        return this.#definition.outputs['age'] === undefined ? [this.#marks()] : [this.#legs(), this.#marks()];
      case 'histogram':
        return [this.#histogram()];
      case 'band':
        return [...this.#bands(spec.bandTo ?? name), ...this.#lines('solid')];
      case 'line':
        return spec.role === 'sign' ? this.#signed() : this.#lines('solid');
      case 'step':
        return this.#isSwitch() ? this.#dots() : this.#lines('step');
      case 'dots':
        return spec.role === 'sign' ? this.#stops() : [this.#line('dots')];
    }
  }

  /** Told in the legend without being drawn as it is. */
  get #isLegendOnly(): boolean {
    const { pane, name } = this.#output;
    return pane === PRICE_PANE && LEGEND_ONLY.has(`${this.#definition.id}.${name}`);
  }

  #colour(role = this.#output.spec.role): string {
    return this.#input.colors[this.#output.name] ?? colorOf({ ...this.#output.spec, role }, this.#input.turn);
  }

  #look(part = '') {
    const { name, label, pane } = this.#output;
    const id = `${this.#input.id}.${name}${part === '' ? '' : `.${part}`}`;
    return { id, label, pane, group: this.#input.id, color: this.#colour() };
  }

  #moved({ source, from, isTail }: OverlayStep) {
    return { base: source.prepended - this.#output.shift, length: source.candles.length, from, isTail };
  }

  #line(style: LineColumn['style'], ways: { legendOnly?: boolean; color?: string } = {}): Drawn {
    const { name, spec } = this.#output;
    const { legendOnly = this.#isLegendOnly, color } = ways;
    const look = color === undefined ? this.#look() : { ...this.#look(), color };
    const offScale = isOffScale(this.#definition, spec);
    const plot = new LineColumn(look, { style, widthPx: this.#input.widthPx, legendOnly, offScale });
    return {
      plot,
      follow: (step) => {
        plot.values = valuesOf(step.outputs, name);
        plot.moved(this.#moved(step));
      },
    };
  }

  /** One line, or where sessions part it two in turn, each with gaps where the other draws. */
  #lines(style: LineColumn['style']): Drawn[] {
    const { name, turns } = this.#output;
    if (turns === null) return [this.#line(style)];
    const color = this.#colour();
    const inTurn = (turn: number): DerivedColumn =>
      new DerivedColumn((outputs, index) => (turns.turnOf(index) === turn ? valuesOf(outputs, name)[index]! : NaN));
    return [
      this.#line(style, { legendOnly: true, color }),
      this.#derived('odd', { style, color }, inTurn(1)),
      this.#derived('even', { style, color }, inTurn(-1)),
    ];
  }

  /** A line that is drawn from values of its own; without a label it leaves the legend to another. */
  #derived(part: string, way: { style: LineColumn['style']; color: string; label?: string }, at: DerivedColumn): Drawn {
    const { style, color, label } = way;
    const plot = new LineColumn(
      { ...this.#look(part), color, label: label ?? '' },
      {
        style,
        widthPx: this.#input.widthPx,
        unlisted: label === undefined,
        offScale: isOffScale(this.#definition, this.#output.spec),
      },
    );
    const { turns } = this.#output;
    return {
      plot,
      follow: (step) => {
        turns?.sync(step, step.source.candles.time, { length: step.source.candles.length, from: step.from });
        plot.values = at.sync(step.outputs, step.source.candles.length, step.from);
        plot.moved(this.#moved(step));
      },
    };
  }

  /** In one colour while its direction is up and in another while it is down, with a gap where it turns. */
  #signed(): Drawn[] {
    const { name } = this.#output;
    const sign = this.#definition.outputs['direction'] === undefined ? name : 'direction';
    const where = (isWanted: (direction: number) => boolean): DerivedColumn =>
      new DerivedColumn((outputs, index) =>
        isWanted(valuesOf(outputs, sign)[index]!) ? valuesOf(outputs, name)[index]! : NaN,
      );
    return [
      this.#line('solid', { legendOnly: true, color: this.#input.colors[name] ?? 'ink' }),
      this.#derived(
        'up',
        { style: 'solid', color: this.#colour('up') },
        where((direction) => direction > 0),
      ),
      this.#derived(
        'down',
        { style: 'solid', color: this.#colour('down') },
        where((direction) => direction < 0),
      ),
    ];
  }

  /** Prices below zero are those of a short: each dot stands where its size says, its sign is told by colour and name. */
  #stops(): Drawn[] {
    const { name } = this.#output;
    const where = (sign: number): DerivedColumn =>
      new DerivedColumn((outputs, index) => {
        const price = valuesOf(outputs, name)[index]! * sign;
        return price > 0 ? price : NaN;
      });
    return [
      this.#derived('up', { style: 'dots', color: this.#colour('up'), label: 'Long' }, where(1)),
      this.#derived('down', { style: 'dots', color: this.#colour('down'), label: 'Short' }, where(-1)),
    ];
  }

  /** Yes or no beside values of quite another size: its own scale it cannot have. */
  #isSwitch(): boolean {
    const { outputs, pane } = this.#definition;
    return pane === 'own' && Object.values(outputs).some(({ plot }) => plot === 'histogram');
  }

  /** A dot on zero for every yes. */
  #dots(): Drawn[] {
    const { name } = this.#output;
    const color = this.#input.colors[name] ?? 'ink';
    const on = new DerivedColumn((outputs, index) => (valuesOf(outputs, name)[index]! > 0 ? 0 : NaN));
    return [this.#line('step', { legendOnly: true, color }), this.#derived('on', { style: 'dots', color }, on)];
  }

  #histogram(): Drawn {
    const { name, spec } = this.#output;
    const negative = this.#input.colors[name] ?? (spec.role === 'sign' ? 'down' : this.#colour());
    const plot = new HistogramColumn(this.#look(), negative, this.#isLegendOnly);
    return {
      plot,
      follow: (step) => {
        plot.values = valuesOf(step.outputs, name);
        plot.moved(this.#moved(step));
      },
    };
  }

  /** The space to `other`: in two colours where the edges are those of a rise and of a fall, as in a cloud. */
  #bands(other: string): Drawn[] {
    const { spec } = this.#output;
    const edge = this.#definition.outputs[other];
    const { name, turns } = this.#output;
    if (turns !== null)
      return [
        this.#band('band', this.#colour(), other, (_outputs, index) => turns.turnOf(index) === 1),
        this.#band('band.even', this.#colour(), other, (_outputs, index) => turns.turnOf(index) === -1),
      ];
    if (spec.role !== 'up' || edge?.role !== 'down') return [this.#plainBand(other)];
    const falling = this.#input.colors[other] ?? colorOf(edge, this.#input.turn);
    const lead = (outputs: OutputValues, index: number): number =>
      valuesOf(outputs, name)[index]! - valuesOf(outputs, other)[index]!;
    return [
      this.#band('band', this.#colour(), other, (outputs, index) => lead(outputs, index) >= 0),
      this.#band('band.down', falling, other, (outputs, index) => lead(outputs, index) < 0),
    ];
  }

  #plainBand(other: string): Drawn {
    const { name } = this.#output;
    const plot = new BandColumn(this.#look('band'));
    return {
      plot,
      follow: (step) => {
        plot.upper = valuesOf(step.outputs, name);
        plot.lower = valuesOf(step.outputs, other);
        plot.moved(this.#moved(step));
      },
    };
  }

  /** A part of a band: the candles that are wanted. */
  #band(
    part: string,
    color: string,
    other: string,
    isWanted: (outputs: OutputValues, index: number) => boolean,
  ): Drawn {
    const { name, turns } = this.#output;
    const plot = new BandColumn({ ...this.#look(part), color });
    const edge = (wanted: string): DerivedColumn =>
      new DerivedColumn((outputs, index) => (isWanted(outputs, index) ? valuesOf(outputs, wanted)[index]! : NaN));
    const [upper, lower] = [edge(name), edge(other)];
    return {
      plot,
      follow: (step) => {
        const { length, time } = step.source.candles;
        turns?.sync(step, time, { length, from: step.from });
        plot.upper = upper.sync(step.outputs, length, step.from);
        plot.lower = lower.sync(step.outputs, length, step.from);
        plot.moved(this.#moved(step));
      },
    };
  }

  #marks(): Drawn {
    const { name, label, spec, shift } = this.#output;
    const color = this.#colour();
    const negative = this.#input.colors[name] ?? (spec.role === 'sign' ? 'down' : color);
    const { id } = this.#look();
    const plot = new MarkerColumn(id, label, PRICE_PANE, this.#input.id, color, negative);
    const signed = this.#definition.group === 'pattern' && spec.role === 'sign';
    return {
      plot,
      follow: ({ source, outputs, from }) => {
        // A pivot that is known only later says itself how many candles ago it was.
        const ages = outputs['age']?.values;
        const back = (index: number): number => (ages === undefined ? -shift : ages[index]!);
        plot.sync(valuesOf(outputs, name), source.candles, from, { signed, back });
      },
    };
  }

  /** What leads from mark to mark. */
  #legs(): Drawn {
    const { name } = this.#output;
    const legs = new LegColumn();
    const plot = new LineColumn(this.#look('legs'), { style: 'solid', widthPx: this.#input.widthPx, unlisted: true });
    return {
      plot,
      follow: (step) => {
        const { length } = step.source.candles;
        const { values, from } = legs.sync(valuesOf(step.outputs, name), valuesOf(step.outputs, 'age'), {
          length,
          from: step.from,
        });
        plot.values = values;
        plot.moved({ ...this.#moved(step), from });
      },
    };
  }
}
