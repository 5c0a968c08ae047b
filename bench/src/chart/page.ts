// Runs in the browser: loads the candles, mounts one contestant, then pans or ticks it frame by frame on command.
import { Candles } from '@wickworks/core';
import type { Contestant, ContestantKind } from './contestant.js';
import { lightweight } from './lightweight.js';
import { ours } from './ours.js';

/** What the runner calls through the page. */
export interface ChartBench {
  load(name: string, count: number): Promise<void>;
  /** Mounts the chart with half of the candles in sight and waits until it is painted. */
  mount(): Promise<void>;
  /** Pans on by `frames` of the `total` frames in which the window crosses the older half. */
  pan(frames: number, total: number): Promise<void>;
  tick(frames: number): Promise<void>;
  idle(frames: number): Promise<void>;
}

declare global {
  interface Window {
    chartBench: ChartBench;
  }
}

const host = document.createElement('div');
host.style.cssText = 'width:1200px;height:600px';
document.body.style.margin = '0';
document.body.append(host);

let count = 0;
let price = 0;
let panned = 0;
let mountPrepared: () => Contestant;
let chart: Contestant;

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

function prepare<Input>(kind: ContestantKind<Input>, candles: Candles): () => Contestant {
  const input = kind.prepare(candles);
  return () => kind.mount(host, input);
}

function preparedOf(name: string, candles: Candles): () => Contestant {
  if (name === 'ours') return prepare(ours, candles);
  return prepare(lightweight(name === 'conflation'), candles);
}

window.chartBench = {
  async load(name, wanted) {
    const bytes = await (await fetch('/candles')).arrayBuffer();
    const total = bytes.byteLength / 48;
    const column = (index: number): Float64Array =>
      new Float64Array(bytes.slice(index * total * 8, (index * total + wanted) * 8));
    const candles = Candles.wrap({
      time: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    });
    count = wanted;
    price = candles.close[wanted - 1]!;
    mountPrepared = preparedOf(name, candles);
  },
  async mount() {
    chart = mountPrepared();
    chart.show(count / 2, count);
    await nextFrame();
    await nextFrame();
  },
  async pan(frames, total) {
    const step = Math.floor(count / 2 / total);
    for (let frame = 0; frame < frames; frame++, panned++) {
      chart.show(panned * step, panned * step + count / 2);
      await nextFrame();
    }
  },
  async tick(frames) {
    for (let frame = 0; frame < frames; frame++) {
      chart.tick(price * (1 + 0.0002 * Math.sin(frame)));
      await nextFrame();
    }
  },
  async idle(frames) {
    for (let frame = 0; frame < frames; frame++) await nextFrame();
  },
};
