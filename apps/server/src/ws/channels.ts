import type { HubLease } from '../feed/feed.js';
import type { IndicatorChoice } from '../feed/indicator-track.js';
import type { SeriesHub } from '../feed/series-hub.js';
import { Channel, type FanOutMeter } from './channel.js';
import type { Turn } from './turn.js';

/** A follower's hold on a channel and, through it, on the hub. */
export interface ChannelLease {
  readonly channel: Channel;
  readonly release: () => void;
}

interface Entry {
  readonly channel: Channel;
  users: number;
}

/** One channel per hub and set of indicators that anyone follows. */
export class Channels {
  readonly #open = new Map<SeriesHub, Map<string, Entry>>();
  readonly #input: { turn: Turn; meter: FanOutMeter; nowMs: () => number };

  constructor(input: { turn: Turn; meter: FanOutMeter; nowMs: () => number }) {
    this.#input = input;
  }

  /** Takes over `lease` and gives it back when the channel is released. */
  acquire(lease: HubLease, indicators: readonly IndicatorChoice[]): ChannelLease {
    const { hub } = lease;
    const key = JSON.stringify(indicators.map(({ name, definition, params }) => [name, definition.id, params]));
    const ofHub = this.#open.get(hub) ?? new Map<string, Entry>();
    this.#open.set(hub, ofHub);
    const entry = ofHub.get(key) ?? { channel: new Channel({ ...this.#input, hub, indicators }), users: 0 };
    ofHub.set(key, entry);
    entry.users++;
    let isReleased = false;
    return {
      channel: entry.channel,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        if (--entry.users === 0) {
          entry.channel.close();
          ofHub.delete(key);
          if (ofHub.size === 0) this.#open.delete(hub);
        }
        lease.release();
      },
    };
  }
}
