/** Colours and type of the canvas, resolved from the theme tokens (`api/read-theme.ts`). */
export interface ChartTheme {
  readonly background: string;
  readonly foreground: string;
  /** Axis labels and quiet text. */
  readonly muted: string;
  readonly grid: string;
  readonly border: string;
  readonly up: string;
  readonly down: string;
  /** Text on `up` and on `down`. */
  readonly upInk: string;
  readonly downInk: string;
  readonly crosshair: string;
  /** Curves of the line and area kinds. */
  readonly accent: string;
  readonly fontFamily: string;
  /** Any CSS colour as it is; another name is looked up as `--wick-<name>`. */
  color(nameOrColor: string): string;
}

const FONT_PX = 11;

/** Canvas font at `dpr`. */
export const fontOf = (theme: ChartTheme, dpr: number, weight = 400): string =>
  `${weight} ${Math.round(FONT_PX * dpr)}px ${theme.fontFamily}`;
