export { colorOf, PLOT_COLORS } from '../model/overlays/overlay-style.js';
