import fc from 'fast-check';
import type { IndicatorDefinition } from '../src/indicators/define.js';
import type { ParamSpec, ParamValue, ParamValues } from '../src/indicators/params.js';

/** Small but real values around the defaults: every choice, short and middling windows. */
function anyParam(spec: ParamSpec): fc.Arbitrary<ParamValue> {
  switch (spec.kind) {
    case 'number':
      if (spec.whole) return fc.integer({ min: spec.min, max: Math.min(spec.max, Math.max(spec.min + 1, 20)) });
      return fc.constantFrom(
        spec.default,
        (spec.min + spec.default) / 2,
        spec.min,
        Math.min(spec.max, spec.default * 2),
      );
    case 'choice':
    case 'source':
      return fc.constantFrom(...spec.options);
    case 'flag':
      return fc.boolean();
  }
}

/** Any parameters `definition` may be given. */
export const anyParams = (definition: IndicatorDefinition): fc.Arbitrary<ParamValues> =>
  fc.record(Object.fromEntries(Object.entries(definition.params).map(([name, spec]) => [name, anyParam(spec)])));
