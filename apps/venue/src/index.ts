export { readVenueSettings, VenueSettings } from './settings.js';
export { startVenue, type RunningVenue, type VenueOptions } from './start-venue.js';
