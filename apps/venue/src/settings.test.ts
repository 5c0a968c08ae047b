import { describe, expect, it } from 'vitest';
import { readVenueSettings } from './settings.js';

describe('settings from the environment', () => {
  it('have defaults', () => {
    expect(readVenueSettings({})).toMatchObject({ ok: true, value: { port: 8_090, faults: false } });
  });

  it('are read', () => {
    const env = {
      WICK_VENUE_PORT: '0',
      WICK_VENUE_SPEED: '2.5',
      WICK_VENUE_DATA: '/candles',
      WICK_VENUE_FAULTS: '1',
      WICK_VENUE_CLOCK: 'historical:2024-08-08T23:55Z',
    };
    expect(readVenueSettings(env)).toMatchObject({
      ok: true,
      value: {
        port: 0,
        speed: 2.5,
        dataDir: '/candles',
        faults: true,
        clock: 'historical',
        startMs: Date.UTC(2024, 7, 8, 23, 55),
      },
    });
  });

  it.each([
    ['WICK_VENUE_PORT', '99999'],
    ['WICK_VENUE_PORT', '80x'],
    ['WICK_VENUE_SPEED', '-1'],
    ['WICK_VENUE_FAULTS', 'yes'],
    ['WICK_VENUE_CLOCK', 'historical:yesterday'],
    ['WICK_VENUE_CLOCK', 'fast'],
  ])('%s=%s is refused by name, with what is accepted', (name, given) => {
    const settings = readVenueSettings({ [name]: given });
    expect(settings.ok ? '' : settings.error).toMatch(new RegExp(`^${name} is "${given}"; accepted: `));
  });
});
