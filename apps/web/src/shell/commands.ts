import { isTimeframe } from '@wickworks/core';
import {
  ChartCandlestick,
  ChartSpline,
  Clock,
  Contrast,
  Keyboard,
  LayoutTemplate,
  List,
  ListPlus,
  Palette,
  Search,
  Settings,
  Star,
  Table,
  type LucideIcon,
} from 'lucide-react';
import type { ActionName, ShellAction } from './use-actions.js';

/** What the palette and the help dialog say of an action. */
interface CommandText {
  group: (typeof COMMAND_GROUPS)[number];
  label: string;
  icon: LucideIcon;
  keywords?: readonly string[];
}

export interface AppCommand extends CommandText {
  id: string;
  keys?: string | undefined;
  run: () => void;
}

export const COMMAND_GROUPS = ['Market', 'View', 'Pages', 'Help'] as const;

const TEXTS: Readonly<Record<ActionName, CommandText>> = {
  market: { group: 'Market', label: 'Choose a market', icon: Search, keywords: ['symbol', 'pair', 'exchange'] },
  timeframe: { group: 'Market', label: 'Choose a timeframe', icon: Clock },
  'timeframe-wider': { group: 'Market', label: 'Wider timeframe', icon: Clock },
  'timeframe-narrower': { group: 'Market', label: 'Narrower timeframe', icon: Clock },
  'market-next': { group: 'Market', label: 'Next market of the watchlist', icon: List },
  'market-previous': { group: 'Market', label: 'Previous market of the watchlist', icon: List },
  watch: { group: 'Market', label: 'Watch or unwatch this market', icon: Star },
  'watch-add': { group: 'Market', label: 'Add a market to the watchlist', icon: ListPlus },
  watchlist: { group: 'View', label: 'Show or hide the watchlist', icon: List },
  table: { group: 'View', label: 'Show or hide the table of candles', icon: Table },
  theme: { group: 'View', label: 'Switch between dark and light', icon: Contrast, keywords: ['theme', 'mode'] },
  colours: {
    group: 'View',
    label: 'Switch between green/red and blue/orange',
    icon: Palette,
    keywords: ['palette', 'colour blind', 'color'],
  },
  indicators: {
    group: 'View',
    label: 'Add an indicator',
    icon: ChartSpline,
    keywords: ['study', 'moving average', 'rsi', 'bollinger'],
  },
  templates: { group: 'View', label: 'Chart templates', icon: LayoutTemplate, keywords: ['save', 'layout', 'apply'] },
  'chart-kind': { group: 'View', label: 'Next chart style', icon: ChartCandlestick },
  palette: { group: 'Help', label: 'Find a command', icon: Search },
  shortcuts: { group: 'Help', label: 'Show keyboard shortcuts', icon: Keyboard },
  settings: { group: 'Help', label: 'Open settings', icon: Settings, keywords: ['preferences', 'time zone'] },
};

/** The actions with their texts. */
export const commandsOf = (actions: readonly ShellAction[]): readonly AppCommand[] =>
  actions.map(({ name, keys, run }) => {
    if (typeof name === 'object')
      return { id: name.path, group: 'Pages', label: `Go to ${name.title}`, icon: name.icon, keys, run };
    if (isTimeframe(name)) return { id: name, group: 'Market', label: `Timeframe ${name}`, icon: Clock, keys, run };
    return { id: name, ...TEXTS[name], keys, run };
  });
