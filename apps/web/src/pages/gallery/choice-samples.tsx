import { useState } from 'react';
import { Checkbox } from '../../ui/checkbox.js';
import { Combobox } from '../../ui/combobox.js';
import { Field } from '../../ui/field.js';
import { NativeSelect } from '../../ui/native-select.js';
import { Panel } from '../../ui/panel.js';
import { Select } from '../../ui/select.js';
import { Slider } from '../../ui/slider.js';
import { Switch } from '../../ui/switch.js';
import { Tab, TabList, TabPanel, Tabs } from '../../ui/tabs.js';
import { ToggleGroup } from '../../ui/toggle-group.js';
import { Sample } from './sample.js';

const BASES = ['BTC', 'ETH', 'SOL', 'AVAX', 'ADA', 'DOT', 'LINK', 'XRP', 'DOGE', 'LTC'];
// As many as a large exchange lists.
const MARKETS = Array.from({ length: 2_500 }, (_, index) => {
  const symbol = `${BASES[index % BASES.length] ?? ''}${index < BASES.length ? '' : String(Math.floor(index / BASES.length))}/USDT`;
  return { value: symbol, label: symbol, hint: `#${String(index + 1)}`, disabled: index === 3 };
});
const ORDER_TYPES = [
  { value: 'market', label: 'Market' },
  { value: 'limit', label: 'Limit' },
  { value: 'stop', label: 'Stop', hint: 'not on this exchange', disabled: true },
  { value: 'trailing', label: 'Trailing' },
] as const;

export function ChoiceSamples() {
  const [type, setType] = useState<(typeof ORDER_TYPES)[number]['value']>('limit');
  const [market, setMarket] = useState<string | null>(null);
  const [scale, setScale] = useState<'linear' | 'log' | 'percent'>('linear');
  const [risk, setRisk] = useState([35]);
  return (
    <Panel title="Choices">
      <Sample name="Select, combobox over 2,500 entries" className="grid grid-cols-1 items-start sm:grid-cols-3">
        <Field label="Order type">
          {(control) => (
            <Select {...control} label="Order type" options={ORDER_TYPES} value={type} onChange={setType} />
          )}
        </Field>
        <Field label="Market" hint="Type to search">
          {(control) => (
            <Combobox
              {...control}
              label="Market"
              options={MARKETS}
              value={market}
              onChange={setMarket}
              placeholder="Choose a market"
            />
          )}
        </Field>
        <Field label="Disabled">
          {(control) => (
            <Combobox {...control} label="Disabled" options={MARKETS} value="BTC/USDT" onChange={setMarket} disabled />
          )}
        </Field>
      </Sample>
      <Sample name="Toggle group, native select">
        <ToggleGroup
          label="Scale"
          value={scale}
          onChange={setScale}
          options={[
            { value: 'linear', label: 'Linear' },
            { value: 'log', label: 'Log' },
            { value: 'percent', label: 'Percent', disabled: true },
          ]}
        />
        <span className="flex h-8 border-2 border-edge">
          <NativeSelect label="Order type in a toolbar" options={ORDER_TYPES} value={type} onChange={setType} />
        </span>
      </Sample>
      <Sample name="Switch: on, off, disabled" className="gap-4">
        <Switch defaultChecked>Live</Switch>
        <Switch>Alerts</Switch>
        <Switch disabled>Not now</Switch>
      </Sample>
      <Sample name="Checkbox: on, off, some, disabled" className="gap-4">
        <Checkbox defaultChecked>Post only</Checkbox>
        <Checkbox>Reduce only</Checkbox>
        <Checkbox defaultChecked="indeterminate">All markets</Checkbox>
        <Checkbox disabled>Not now</Checkbox>
      </Sample>
      <Sample name={`Slider: ${String(risk[0] ?? 0)} %, disabled`} className="grid grid-cols-2 gap-4">
        <Slider label="Risk in percent" value={risk} onValueChange={setRisk} />
        <Slider label="Risk, not now" defaultValue={[60]} disabled />
      </Sample>
      <Sample name="Tabs" className="block">
        <Tabs defaultValue="orders">
          <TabList aria-label="Account">
            <Tab value="orders">Orders</Tab>
            <Tab value="fills">Fills</Tab>
            <Tab value="later" disabled>
              Disabled
            </Tab>
          </TabList>
          <TabPanel value="orders">Panel of the first tab.</TabPanel>
          <TabPanel value="fills">Panel of the second tab.</TabPanel>
        </Tabs>
      </Sample>
    </Panel>
  );
}
