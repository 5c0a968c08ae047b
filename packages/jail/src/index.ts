export {
  DEFAULT_LIMITS,
  loadStrategy,
  type JailedStrategy,
  type SourceIssue,
  type StrategySourceFault,
} from './load-strategy.js';
export { GuestFault, type GuestLimits } from './vm.js';
