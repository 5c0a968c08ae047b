import { assert } from '@wickworks/core';

/** One canvas of the stack, sized in device pixels. */
export class CanvasLayer {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement, opaque: boolean) {
    const context = canvas.getContext('2d', { alpha: !opaque });
    assert(context, 'the browser offers a 2d canvas');
    this.canvas = canvas;
    this.context = context;
  }

  /** Sizes the canvas in CSS pixels; true when that emptied it. */
  resize(width: number, height: number, dpr: number): boolean {
    const deviceWidth = Math.ceil(width * dpr);
    const deviceHeight = Math.ceil(height * dpr);
    if (this.canvas.width === deviceWidth && this.canvas.height === deviceHeight) return false;
    this.canvas.width = deviceWidth;
    this.canvas.height = deviceHeight;
    this.canvas.style.width = `${deviceWidth / dpr}px`;
    this.canvas.style.height = `${deviceHeight / dpr}px`;
    return true;
  }

  clear(): void {
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }
}
