import './chart.css';
import { lowerBound } from '@wickworks/core';
import type { ChartEvents, ChartHandle, ChartOptions, VisibleRange } from '../model/chart-options.js';
import { ChartModel } from '../model/chart-model.js';
import { candlesToCsv, csvColumns } from '../model/csv.js';
import { Kinetic } from '../model/kinetic.js';
import type { SeriesSource } from '../model/series-source.js';
import { candleSentence, summaryOf } from '../model/summary.js';
import type { ValueTick } from '../model/value-ticks.js';
import { offsetLabel } from '../model/time-zone.js';
import { CanvasLayer } from '../render/canvas-layer.js';
import { paintChart } from '../render/paint-chart.js';
import { paintOverlay } from '../render/paint-overlay.js';
import { fontOf, type ChartTheme } from '../render/theme.js';
import { FrameBuilder } from '../view/chart-frame.js';
import { chartSize, type ChartSize } from '../view/chart-size.js';
import { axisLabel, overlayFrame, type OverlayFrame } from '../view/overlay-frame.js';
import type { ChartActions } from './chart-actions.js';
import { createChartDom, setText, type ChartDom } from './chart-dom.js';
import { Dividers } from './dividers.js';
import { listenToKeys } from './key-input.js';
import { Legends } from './legends.js';
import { listenToPointers } from './pointer-input.js';
import { readTheme, watchTheme } from './read-theme.js';

/** What must be painted again: nothing, the overlay, the newest candles, everything. */
const CLEAN = 0;
const OVERLAY = 1;
const TAIL = 2;
const ALL = 3;

const CLOCK_MS = 250;
const SUMMARY_EVERY = 8;
const TAIL_CANDLES_MIN = 64;
const DEFAULT_ZOOM_PX = 8;

/** A mounted chart without any framework. */
export interface ChartController extends ChartHandle {
  /** Takes over options, events and perhaps another source; paints on the next frame if anything differs. */
  update(input: { source: SeriesSource; options: ChartOptions; events: ChartEvents }): void;
  destroy(): void;
}

/** Mounts a chart that fills `host`. It listens to `source` and paints at most once per animation frame. */
export function createChart(
  host: HTMLElement,
  input: { source: SeriesSource; options: ChartOptions; events?: ChartEvents },
): ChartController {
  return new MountedChart(host, input);
}

class MountedChart implements ChartController, ChartActions {
  readonly #dom: ChartDom;
  readonly #model: ChartModel;
  readonly #builder = new FrameBuilder();
  readonly #base: CanvasLayer;
  readonly #overlay: CanvasLayer;
  readonly #legends: Legends;
  readonly #dividers: Dividers;
  readonly #kinetic = new Kinetic();
  readonly #cleanups: (() => void)[] = [];
  #events: ChartEvents;
  #theme: ChartTheme;
  #size: ChartSize;
  #charPx = 0;
  #labelChars = 0;
  #dirty = ALL;
  #isOverlayEmpty = false;
  /** The view is being moved, so that every frame paints everything anyway. */
  #isMoving = false;
  #isOverlayInBase = false;
  /** Size of the root, CSS pixels; null until it is read, since reading may cost a layout. */
  #box: { width: number; height: number } | null = null;
  #priceTicks: readonly ValueTick[] = [];
  #frame = 0;
  #unsubscribe: () => void;
  #pointer: { x: number; y: number } | null = null;
  #askedBefore: number | null = null;
  #lastRange: VisibleRange | null = null;
  #lastFollowing = true;
  #lastAuto = true;
  #lastCountdown: string | null = null;
  #ticks = 0;

  constructor(host: HTMLElement, input: { source: SeriesSource; options: ChartOptions; events?: ChartEvents }) {
    this.#dom = createChartDom(host);
    this.#events = input.events ?? {};
    this.#model = new ChartModel(input.source, input.options);
    this.#theme = readTheme(this.#dom.root);
    this.#base = new CanvasLayer(this.#dom.base, true);
    this.#overlay = new CanvasLayer(this.#dom.overlay, false);
    this.#legends = new Legends(this.#dom.root, (group, action) => this.#events.onGroupAction?.(group, action));
    this.#dividers = new Dividers(this.#dom.root, (index, dy, done) => this.#moveDivider(index, dy, done));
    this.#size = chartSize({ width: 1, height: 1, dpr: window.devicePixelRatio, labelChars: 8, charPx: 7 });
    this.#unsubscribe = input.source.subscribe(() => this.#schedule(CLEAN));
    this.#applyStale();
    this.#listen();
    this.#schedule(ALL);
  }

  update({ source, options, events }: { source: SeriesSource; options: ChartOptions; events: ChartEvents }): void {
    this.#events = events;
    const previous = this.#model.options;
    const names = Object.keys(options) as (keyof ChartOptions)[]; // own keys of a value we built ourselves
    if (names.some((name) => name !== 'exchangeNow' && options[name] !== previous[name])) this.#schedule(ALL);
    this.#model.setOptions(options);
    if (source !== this.#model.source) {
      this.#unsubscribe();
      this.#unsubscribe = source.subscribe(() => this.#schedule(CLEAN));
      this.#model.setSource(source);
      this.#kinetic.stop();
      this.#askedBefore = null;
      this.#schedule(ALL);
    }
    this.#applyStale();
  }

  destroy(): void {
    this.#unsubscribe();
    for (const cleanup of this.#cleanups) cleanup();
    cancelAnimationFrame(this.#frame);
    this.#dom.root.remove();
  }

  // --- commands of the owner -------------------------------------------------------------------------------------

  goToNow(): void {
    this.#moveView(() => this.#model.viewport.goToNow());
  }

  goTo(timeMs: number): void {
    const { viewport } = this.#model;
    this.#moveView(() => viewport.centreOn(this.#indexOf(timeMs) + 0.5));
  }

  show({ fromMs, toMs }: VisibleRange): void {
    const { viewport } = this.#model;
    this.#moveView(() => viewport.show(this.#indexOf(fromMs), this.#indexOf(toMs) + 1));
  }

  fit(): void {
    this.#moveView(() => this.#model.viewport.fit());
  }

  zoomIn(): void {
    this.zoomCentre(1.5);
  }

  zoomOut(): void {
    this.zoomCentre(1 / 1.5);
  }

  autoScale(): void {
    this.#model.autoScale();
    this.#schedule(ALL);
  }

  visibleRange(): VisibleRange | null {
    return this.#model.visibleRange();
  }

  async toPng(): Promise<Blob> {
    const { exportPng } = await import('./export-png.js');
    return exportPng(this.#model, this.#size, this.#theme);
  }

  toCsv(): string {
    const { first, end } = this.#model.viewport;
    return candlesToCsv(this.#model.candles, first, end, csvColumns(this.#model));
  }

  summary(): string {
    return summaryOf(this.#model);
  }

  focus(): void {
    this.#dom.root.focus();
  }

  // --- pointers and keys -----------------------------------------------------------------------------------------

  zoneAt(x: number, y: number): 'plot' | 'value' | 'time' {
    if (y >= this.#size.plotHeight) return 'time';
    return x >= this.#size.plotWidth ? 'value' : 'plot';
  }

  pan(dx: number, dy: number, y: number): void {
    this.#moveView(() => {
      this.#model.viewport.panBy(dx);
      const scale = this.#model.scaleOf(this.#model.paneAt(y).id);
      if (!scale.auto) scale.panBy(dy);
    });
  }

  zoomTime(x: number, factor: number): void {
    this.#moveView(() => this.#model.viewport.zoomAt(Math.min(x, this.#size.plotWidth), factor));
  }

  zoomValue(y: number, factor: number): void {
    const pane = this.#model.paneAt(y);
    if (pane.spec?.range) return;
    this.#model.scaleOf(pane.id).zoomAt(pane.top + pane.height / 2, factor);
    this.#schedule(ALL);
  }

  point(at: { x: number; y: number } | null): void {
    this.#pointer = at;
    if (at) this.#model.pointAt(at.x, at.y);
    else this.#model.cursor = null;
    this.#schedule(OVERLAY);
  }

  resetZone(zone: 'plot' | 'value' | 'time', y: number): void {
    if (zone === 'time') {
      const { viewport } = this.#model;
      this.#moveView(() => viewport.zoomAt(this.#size.plotWidth, DEFAULT_ZOOM_PX / viewport.spacing));
      return;
    }
    if (zone === 'plot') this.#model.autoScale();
    else this.#model.scaleOf(this.#model.paneAt(y).id).auto = true;
    this.#schedule(ALL);
  }

  hold(): void {
    this.#kinetic.start();
  }

  track(timeMs: number, x: number): void {
    this.#kinetic.track(timeMs, x);
  }

  release(timeMs: number): void {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    if (this.#kinetic.release(timeMs)) this.#schedule(CLEAN);
  }

  moveCrosshair(count: number): void {
    const { candles, cursor, viewport } = this.#model;
    if (candles.length === 0) return;
    const from = cursor?.index ?? viewport.end - 1 - count;
    const index = Math.max(0, Math.min(candles.length - 1, from + count));
    this.#pointer = null;
    this.#moveView(() => viewport.reveal(index));
    this.#model.pointAtPrice(index);
    const readout = this.#model.readout();
    if (readout) setText(this.#dom.live, candleSentence(this.#model, readout));
  }

  scroll(ratio: number): void {
    this.#moveView(() => this.#model.viewport.panBy(-ratio * this.#size.plotWidth));
  }

  zoomCentre(factor: number): void {
    const { viewport } = this.#model;
    const { plotWidth } = this.#size;
    // While the newest candle is in sight it is the one to keep in place.
    const x = viewport.following ? Math.min(plotWidth, viewport.xOf(this.#model.candles.length)) : plotWidth / 2;
    this.#moveView(() => viewport.zoomAt(x, factor));
  }

  stretch(factor: number): void {
    this.zoomValue(0, factor);
  }

  goToStart(): void {
    this.#moveView(() => this.#model.viewport.goToStart());
  }

  hideCrosshair(): void {
    this.point(null);
  }

  // --- inside ----------------------------------------------------------------------------------------------------

  #listen(): void {
    const { root, pad, now } = this.#dom;
    const observer = new ResizeObserver(() => {
      this.#box = null;
      this.#schedule(ALL);
    });
    observer.observe(root);
    const clock = setInterval(() => this.#onClock(), CLOCK_MS);
    const onTheme = (): void => {
      this.#theme = readTheme(root);
      this.#charPx = 0;
      this.#schedule(ALL);
    };
    const onNow = (): void => {
      this.goToNow();
      root.focus({ preventScroll: true });
    };
    now.addEventListener('click', onNow);
    this.#cleanups.push(
      () => observer.disconnect(),
      () => clearInterval(clock),
      watchTheme(onTheme),
      listenToPointers(pad, this),
      listenToKeys(root, this),
    );
    // Labels were measured in a fallback font until ours has arrived.
    if ('fonts' in document) {
      document.fonts.addEventListener('loadingdone', onTheme);
      this.#cleanups.push(() => document.fonts.removeEventListener('loadingdone', onTheme));
    }
  }

  /** Index of the candle that contains `timeMs`, or of the nearest one. */
  #indexOf(timeMs: number): number {
    const { candles } = this.#model;
    const after = lowerBound(candles, timeMs);
    return after < candles.length && candles.time[after] === timeMs ? after : Math.max(0, after - 1);
  }

  #schedule(level: number): void {
    if (level > this.#dirty) this.#dirty = level;
    if (this.#frame === 0) this.#frame = requestAnimationFrame((nowMs) => this.#paint(nowMs));
  }

  #moveView(move: () => void): void {
    this.#model.catchUp();
    move();
    this.#askedBefore = null;
    this.#isMoving = true;
    this.#schedule(ALL);
  }

  #moveDivider(index: number, dy: number, done: boolean): void {
    this.#model.moveDivider(index, dy);
    this.#schedule(ALL);
    if (done) this.#events.onPaneHeights?.({ ...this.#model.stack.heights });
  }

  #paint(nowMs: number): void {
    this.#frame = 0;
    const model = this.#model;
    if (this.#kinetic.coasting) this.#coast(nowMs);
    const change = model.catchUp();
    if (change.changedFrom !== Infinity) this.#dirty = Math.max(this.#dirty, change.tailOnly ? TAIL : ALL);
    if (this.#isOverlayInBase) this.#dirty = ALL;
    if (this.#dirty === ALL) this.#layout();
    if (this.#size.width < 2 || this.#size.height < 2) return;
    if (this.#dirty >= TAIL && model.fitScales()) this.#dirty = ALL;
    if (this.#dirty === ALL && this.#measureAxis()) {
      this.#layout();
      model.fitScales();
    }
    if (this.#dirty === ALL && this.#pointer) model.pointAt(this.#pointer.x, this.#pointer.y);
    if (this.#dirty >= TAIL) this.#paintBase();
    const overlay = overlayFrame(model, this.#size, this.#priceTicks);
    this.#lastCountdown = overlay.lastPrice?.countdown ?? null;
    this.#paintOverlay(overlay);
    this.#legends.update(model, this.#theme, this.#size.plotWidth);
    const wasAll = this.#dirty === ALL;
    this.#dirty = CLEAN;
    if (wasAll) this.#afterView();
    this.#events.onCrosshair?.(model.cursor ? model.readout() : null);
    if (this.#kinetic.coasting) this.#schedule(CLEAN);
  }

  /**
   * While the view moves, the overlay is painted onto the base, and its own canvas hidden: each canvas in sight costs the
   * browser a copy of it per frame. Nor is it touched when nothing is and was on it.
   */
  #paintOverlay(overlay: OverlayFrame): void {
    const isEmpty = this.#isMoving || (overlay.crosshair === null && overlay.lastPrice?.inSight !== true);
    if (!isEmpty || !this.#isOverlayEmpty) this.#overlay.clear();
    if (isEmpty !== this.#isOverlayEmpty) this.#dom.overlay.style.visibility = isEmpty ? 'hidden' : '';
    this.#isOverlayEmpty = isEmpty;
    this.#isOverlayInBase = this.#isMoving;
    this.#isMoving = false;
    if (this.#isOverlayInBase) paintOverlay(this.#base.context, overlay, this.#theme);
    else if (!isEmpty) paintOverlay(this.#overlay.context, overlay, this.#theme);
  }

  #paintBase(): void {
    const { viewport, candles } = this.#model;
    let fromX = 0;
    if (this.#dirty === TAIL && candles.length >= TAIL_CANDLES_MIN) {
      const right = this.#size.plotWidth * this.#size.dpr;
      const x = Math.min(right, viewport.xOf(candles.length - 2 - this.#model.tailReach) * this.#size.dpr);
      if (x === right && !this.#model.options.plots.some(({ kind }) => kind === 'boxes')) return;
      fromX = Math.max(0, Math.floor(x) - 2);
    }
    let frame = this.#builder.build(this.#model, this.#size, fromX);
    if (fromX > 0 && frame.hasNewBoxes) frame = this.#builder.build(this.#model, this.#size);
    this.#priceTicks = frame.panes[0]?.ticks ?? [];
    paintChart(this.#base.context, frame, this.#theme);
  }

  #coast(nowMs: number): void {
    this.#model.viewport.panBy(this.#kinetic.step(nowMs));
    this.#askedBefore = null;
    this.#isMoving = true;
    this.#dirty = ALL;
  }

  #layout(): void {
    const { root } = this.#dom;
    const dpr = window.devicePixelRatio;
    if (this.#charPx === 0) {
      this.#base.context.font = fontOf(this.#theme, 1);
      this.#charPx = this.#base.context.measureText('0000000000').width / 10;
    }
    const size = chartSize({
      ...(this.#box ??= { width: root.clientWidth, height: root.clientHeight }),
      dpr,
      labelChars: Math.max(8, this.#labelChars),
      charPx: this.#charPx,
    });
    this.#size = size;
    this.#base.resize(size.width, size.height, dpr);
    this.#overlay.resize(size.width, size.height, dpr);
    this.#model.resize(size.plotWidth, size.plotHeight);
    this.#dividers.update(this.#model.stack);
  }

  /** True when the longest axis label has become longer or shorter, so that the axis needs another width. */
  #measureAxis(): boolean {
    let chars = 0;
    for (const { id } of this.#model.stack.panes) {
      const { low, high } = this.#model.scaleOf(id);
      chars = Math.max(chars, axisLabel(this.#model, id, low).length, axisLabel(this.#model, id, high).length);
    }
    if (chars === this.#labelChars) return false;
    const wasNarrow = Math.max(8, chars) !== Math.max(8, this.#labelChars);
    this.#labelChars = chars;
    return wasNarrow;
  }

  /** What follows from another view: button, time zone label, events, wish for history. */
  #afterView(): void {
    const model = this.#model;
    const { now, zone } = this.#dom;
    const following = model.viewport.following;
    if (now.hidden !== following) now.hidden = following;
    const priceHeight = model.stack.panes[0]?.height ?? 0;
    now.style.top = `${Math.max(4, priceHeight - 44)}px`;
    now.style.left = `${this.#size.plotWidth - 44}px`;
    zone.style.left = `${this.#size.plotWidth}px`;
    setText(zone, offsetLabel(model.zone, model.visibleRange()?.toMs ?? 0));
    if (following !== this.#lastFollowing) {
      this.#lastFollowing = following;
      this.#events.onFollowing?.(following);
    }
    const { auto } = model.priceScale;
    if (auto !== this.#lastAuto) {
      this.#lastAuto = auto;
      this.#events.onAutoScale?.(auto);
    }
    const range = model.visibleRange();
    if (range && (range.fromMs !== this.#lastRange?.fromMs || range.toMs !== this.#lastRange.toMs)) {
      this.#lastRange = range;
      this.#events.onVisibleRange?.(range);
    }
    this.#askForHistory();
  }

  /** One screen before the left edge is reached; again for the same stretch only after the view was moved. */
  #askForHistory(): void {
    const { source, viewport, candles } = this.#model;
    if (candles.length === 0 || source.history !== 'more' || viewport.left > viewport.span) return;
    const beforeMs = candles.time[0]!;
    if (beforeMs === this.#askedBefore) return;
    this.#askedBefore = beforeMs;
    this.#events.onNeedHistory?.(beforeMs);
  }

  #onClock(): void {
    if (document.hidden) return;
    if (window.devicePixelRatio !== this.#size.dpr) this.#schedule(ALL);
    const { countdown } = overlayFrame(this.#model, this.#size).lastPrice ?? { countdown: null };
    if (countdown !== this.#lastCountdown) this.#schedule(OVERLAY);
    if (this.#ticks++ % SUMMARY_EVERY !== 0) return;
    const summary = this.summary();
    if (this.#dom.root.getAttribute('aria-label') !== summary) this.#dom.root.setAttribute('aria-label', summary);
  }

  #applyStale(): void {
    const { staleLabel } = this.#model.options;
    const { root, stale } = this.#dom;
    root.dataset['stale'] = String(staleLabel !== null);
    stale.hidden = staleLabel === null;
    setText(stale, staleLabel ?? '');
  }
}
