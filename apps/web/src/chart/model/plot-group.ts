/** Plots that belong together, such as the three lines of one indicator: one row in its pane's legend, with buttons. */
export interface PlotGroup {
  readonly id: string;
  /** Id of the pane whose legend holds the row. */
  readonly pane: string;
  /** E.g. `EMA 20`. */
  readonly title: string;
  /** The row stays, its plots are not drawn. */
  readonly hidden: boolean;
  /** Why nothing is drawn, or null. */
  readonly problem: string | null;
  /** Actions offered besides those every group has. */
  readonly moves: readonly ('up' | 'down')[];
}

export const GROUP_ACTIONS = ['up', 'down', 'toggle', 'edit', 'remove'] as const;
export type GroupAction = (typeof GROUP_ACTIONS)[number];
