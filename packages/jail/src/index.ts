export { DEFAULT_LIMITS, loadStrategy, type JailedStrategy, type StrategySourceFault } from './load-strategy.js';
export { GuestFault, type GuestLimits } from './vm.js';
