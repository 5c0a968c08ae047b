export { startVenue, type RunningVenue, type VenueOptions } from './start-venue.js';
