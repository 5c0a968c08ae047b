export * from './indicators/calculate.js';
export * from './indicators/define.js';
export * from './indicators/registry.js';
export {
  parseParamValues,
  PERIOD_MAX,
  type ParamIssue,
  type ParamSpec,
  type ParamSpecs,
  type ParamValue,
  type ParamValues,
} from './indicators/params.js';
export { SOURCES, type Series, type SourceName } from './indicators/kernel/graph.js';
export { MA_TYPES, type MaType } from './indicators/kernel/moving-average.js';
export { volumeProfile, type VolumeProfile } from './indicators/volume-profile.js';
