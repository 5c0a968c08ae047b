import { readVenueSettings } from './settings.js';
import { startVenue } from './start-venue.js';

// The venue as a process of its own; settings come from WICK_VENUE_* (see settings.ts).
const settings = readVenueSettings(process.env);
if (!settings.ok) {
  console.error(settings.error);
  process.exit(1);
}
try {
  const venue = await startVenue(settings.value);
  const stop = (): void => {
    void venue.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`ready ${venue.url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
