import { ok } from '@wickworks/core';
import { indicators as definitions, parseParams, warmup, type IndicatorDefinition } from '@wickworks/engine';
import type { RegisterCommand } from '../context.js';

/** `wick indicators`: every indicator with its parameters and outputs. */
export const indicators: RegisterCommand = (parent, _world, done) => {
  parent
    .command('indicators')
    .description('list the indicators: parameters with ranges, outputs, warm-up, formula')
    .action(() => {
      const all = [...definitions.values()];
      return done(Promise.resolve(ok({ json: { indicators: all.map(describe) }, text: all.map(lineOf).join('\n') })));
    });
};

function describe(definition: IndicatorDefinition) {
  const { id, title, group, params, outputs, pane, formula, talib, pine } = definition;
  const defaults = parseParams(definition);
  return {
    id,
    title,
    group,
    params,
    outputs,
    pane,
    warmup: defaults.ok ? warmup(definition, defaults.value) : null,
    formula,
    talib: talib?.name ?? null,
    pine: pine ?? [],
  };
}

function lineOf({ id, title, params }: IndicatorDefinition): string {
  const values = Object.entries(params).map(([name, spec]) => `${name}=${String(spec.default)}`);
  return `${id.padEnd(24)} ${title}${values.length > 0 ? ` (${values.join(' ')})` : ''}`;
}
