import type { UseQueryResult } from '@tanstack/react-query';
import type { SystemSettingsView, UserSettingsView } from '@wickworks/contracts';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { lockPage } from '../../data/idle-lock.js';
import { useMySettings, useSystemSettings } from '../../data/settings-hooks.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/panel.js';
import { Unloaded } from '../../ui/unloaded.js';
import { EnvironmentList } from './environment-list.js';
import { SYSTEM_GROUPS, USER_GROUPS } from './fields.js';
import { SettingsForm } from './settings-form.js';
import { SettingsHistory } from './settings-history.js';

/** Settings of one's own, found again in every browser, and how they changed. */
export function OwnSettings({ userId, zone }: { userId: string; zone: string }) {
  const settings = useMySettings(userId);
  const lock = (
    <Button size="sm" onClick={lockPage}>
      <Lock aria-hidden />
      Lock now
    </Button>
  );
  return (
    <>
      <Panel title="Yours" actions={lock}>
        <Loaded query={settings}>
          {({ values, sources, version }) => (
            <SettingsForm scope="me" groups={USER_GROUPS} values={values} sources={sources} version={version} />
          )}
        </Loaded>
      </Panel>
      <Panel title="How yours changed">
        <SettingsHistory scope="me" groups={USER_GROUPS} version={settings.data?.version ?? 0} zone={zone} />
      </Panel>
    </>
  );
}

/** Settings for everybody, how they changed, and what the environment says; for admins. */
export function InstallationSettings({ zone }: { zone: string }) {
  const settings = useSystemSettings();
  return (
    <>
      <Panel title="This installation">
        <Loaded query={settings}>
          {({ values, sources, version }) => (
            <SettingsForm scope="system" groups={SYSTEM_GROUPS} values={values} sources={sources} version={version} />
          )}
        </Loaded>
      </Panel>
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title="How the installation changed">
          <SettingsHistory scope="system" groups={SYSTEM_GROUPS} version={settings.data?.version ?? 0} zone={zone} />
        </Panel>
        <Panel title="Environment of the server">
          <Loaded query={settings}>{({ environment }) => <EnvironmentList items={environment} />}</Loaded>
        </Panel>
      </div>
    </>
  );
}

function Loaded<T extends SystemSettingsView | UserSettingsView>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  return <Unloaded query={query} what="the settings" bars={3} />;
}
