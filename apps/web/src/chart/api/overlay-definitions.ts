export {
  findOverlay,
  isTimeParam,
  overlayDefinitions,
  parseOverlayParams,
  type OverlayDefinition,
} from '../model/overlays/profile-definitions.js';
