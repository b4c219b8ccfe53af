import { Fault } from '@latchkey/contract/faults';
import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { reads } from '../../../connection.ts';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { useNamedPage } from '../../../ui/named-page.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { Words } from '../../../words/words.tsx';
import { EditClient } from '../edit/edit-client.tsx';
import { isLifecycleAct } from '../lifecycle/lifecycle-act.ts';
import { LifecycleDialog } from '../lifecycle/lifecycle-dialog.tsx';
import { RefusedDialog } from '../lifecycle/refused-dialog.tsx';
import type { OnAct } from './act-button.tsx';
import { Attention } from './attention.tsx';
import { ClientGone } from './client-gone.tsx';
import { ClientHeader } from './client-header.tsx';
import { ClientSkeleton } from './client-skeleton.tsx';
import { ConfigurationTab } from './configuration-tab.tsx';
import type { ClientAct, DetailTab } from './detail-search.ts';
import { OverviewTab } from './overview-tab.tsx';
import { RolesTab } from './roles-tab.tsx';
import { ScopesTab } from './scopes-tab.tsx';
import { TabList } from './tab-list.tsx';
import { tabsOf } from './tabs-of.ts';
import { useRefusalAtOpening } from './use-refusal-at-opening.ts';
import styles from './detail.module.css';

/** What other features put into the page of a client; the app brings them together. */
export interface DetailSlots {
  readonly secrets: (client: ClientDetail, onGenerate: () => void) => ReactNode;
  /** What happened to the client; it outlives the client. */
  readonly history: (clientId: string) => ReactNode;
  readonly generateSecret: (client: ClientDetail, onClose: () => void) => ReactNode;
}

/** Where the page stands in the address, and how it moves there. */
export interface DetailPlace {
  readonly clientId: string;
  readonly tab: DetailTab | undefined;
  readonly act: ClientAct | undefined;
  /** The field to go to while editing. */
  readonly field: string | undefined;
  readonly onTab: (tab: DetailTab) => void;
  readonly onAct: (act: ClientAct | undefined, field?: string) => void;
  readonly onDuplicate: () => void;
  /** The client is gone for good. */
  readonly onGone: () => void;
}

/** The page of one client (product 6.1). */
export const DetailPage = ({ place, slots }: { place: DetailPlace; slots: DetailSlots }) => {
  const { clientId } = place;
  const { data: client, error, refetch } = useQuery(reads.clients.read({ params: { clientId } }));
  useNamedPage(client?.name);
  const isGone = error instanceof Fault && error.code === 'client.not_found';
  if (isGone) return <ClientGone clientId={clientId} name={client?.name ?? null} history={slots.history(clientId)} />;
  if (client) {
    return (
      <>
        {error && <FaultNotice error={error} retry={() => void refetch()} />}
        <Loaded client={client} place={place} slots={slots} />
      </>
    );
  }
  if (!error) return <ClientSkeleton />;
  return (
    <>
      <PageHeader title={<Words id="clients.one" />} />
      <FaultNotice error={error} retry={() => void refetch()} takeFocus />
    </>
  );
};

const Loaded = ({ client, place, slots }: { client: ClientDetail; place: DetailPlace; slots: DetailSlots }) => {
  const { act, onTab } = place;
  const page = useRef<HTMLDivElement>(null);
  useReturnFocus(act, page);
  const tabs = tabsOf(client);
  const tab = place.tab && tabs.includes(place.tab) ? place.tab : 'overview';
  const open: OnAct = place.onAct;
  const close = () => place.onAct(undefined);
  // Who may not edit sees at least what is missing.
  const mend = (field?: 'scopes') => (client.refusals.edit ? onTab('scopes') : open('edit', field));
  const panels: Record<DetailTab, () => ReactNode> = {
    overview: () => <OverviewTab client={client} />,
    configuration: () => <ConfigurationTab client={client} onAct={open} />,
    roles: () => <RolesTab client={client} onAct={open} />,
    scopes: () => <ScopesTab client={client} onAct={open} />,
    secrets: () => slots.secrets(client, () => open('generate-secret')),
    history: () => slots.history(client.id),
  };
  const refusal = useRefusalAtOpening(act, client);
  const editing = act === 'edit' && !refusal;
  return (
    <div ref={page}>
      <ClientHeader client={client} onAct={open} onDuplicate={place.onDuplicate} editing={editing} />
      {editing ? (
        <EditClient client={client} field={place.field} onClose={close} />
      ) : (
        <Tabs
          value={tab}
          onChange={(value) => onTab((value ?? 'overview') as DetailTab)}
          activateTabWithKeyboard={false}
          keepMounted={false}
        >
          <TabList tabs={tabs} tab={tab} />
          <div className={styles['columns']} data-tab={tab}>
            {tabs.map((one) => (
              <Tabs.Panel key={one} value={one}>
                {panels[one]()}
              </Tabs.Panel>
            ))}
            <Attention client={client} onAct={open} />
          </div>
        </Tabs>
      )}
      {act && refusal && <RefusedDialog act={act} client={client} refusal={refusal} onClose={close} onMend={mend} />}
      {act === 'generate-secret' && !refusal && slots.generateSecret(client, close)}
      {isLifecycleAct(act) && !refusal && (
        <LifecycleDialog key={act} act={act} client={client} onClose={close} onGone={place.onGone} />
      )}
    </div>
  );
};
