'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { AlertDetails } from '#components/alert/alert-details.tsx';
import { byImportance } from '#components/alert/by-importance.ts';
import { HistoryPanel } from '#components/alert/history-panel.tsx';
import { SilencesPanel } from '#components/silence/silences-panel.tsx';
import { ChannelRow } from '#components/alert/channel-row.tsx';
import { RulesTable } from '#components/alert/rules-table.tsx';
import { navQueries } from '#components/shell/nav-queries.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Tab, Tabs, TabsContent, TabsList } from '#components/ui/tabs.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { alertsQueries } from './queries.ts';
import { ALERT_TABS, alertsParams } from './search-params.ts';

const TAB = {
  firing: {
    label: 'Firing',
    empty: 'Nothing is firing',
    hint: 'Rules are evaluated every few seconds; what fires appears here and in your channels.',
  },
  pending: {
    label: 'Pending',
    empty: 'Nothing is pending',
    hint: 'A rule whose expression is true waits here until it has been true for as long as it asks.',
  },
  resolved: {
    label: 'Resolved',
    empty: 'Nothing was resolved yet',
    hint: 'Alerts that ended stay here with what was sent about them.',
  },
} as const;

export function AlertsView() {
  const trpc = useTRPC();
  const queries = alertsQueries(trpc);
  const active = useQuery(navQueries(trpc).alerts);
  const resolved = useQuery(queries.resolved);
  const rules = useQuery(queries.rules);
  const channels = useQuery(queries.channels);
  const [{ state }, setParams] = useQueryStates(alertsParams, { history: 'push' });
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const ruleOf = new Map(rules.data?.map((rule) => [rule.name, rule]));
  const firing = active.data?.filter((alert) => alert.state === 'firing').length ?? 0;
  const pending = active.data?.filter((alert) => alert.state === 'pending').length ?? 0;
  const counts = { firing, pending, resolved: resolved.data?.length };

  return (
    <>
      <PageHeader
        title="Alerts"
        lead={
          active.data
            ? `${firing === 0 ? 'Nothing is' : firing === 1 ? '1 alert is' : `${firing} alerts are`} firing, ${pending} pending.`
            : ' '
        }
        actions={<TextLink href="/runbooks">Runbooks</TextLink>}
      />
      <Tabs
        ref={list}
        value={state}
        onValueChange={(value) => setParams({ state: ALERT_TABS.find((tab) => tab === value) ?? 'firing' })}
      >
        <TabsList aria-label="State of the alerts">
          {ALERT_TABS.map((tab) => (
            <Tab key={tab} value={tab} count={counts[tab]}>
              {TAB[tab].label}
            </Tab>
          ))}
        </TabsList>
        {ALERT_TABS.map((tab) => (
          <TabsContent key={tab} value={tab} className="pt-4">
            <Panel label={`${TAB[tab].label} alerts`}>
              <QueryState
                query={tab === 'resolved' ? resolved : active}
                what="The alerts"
                loading={<SkeletonRows rows={4} />}
                isEmpty={(alerts) => alerts.every((alert) => alert.state !== tab)}
                empty={<Empty title={TAB[tab].empty}>{TAB[tab].hint}</Empty>}
              >
                {(alerts) => (
                  <ul>
                    {alerts
                      .filter((alert) => alert.state === tab)
                      .toSorted(tab === 'resolved' ? (a, b) => (b.resolvedMs ?? 0) - (a.resolvedMs ?? 0) : byImportance)
                      .map((alert) => (
                        <AlertDetails key={alert.id} alert={alert} rule={ruleOf.get(alert.rule)} />
                      ))}
                  </ul>
                )}
              </QueryState>
            </Panel>
          </TabsContent>
        ))}
      </Tabs>
      <div className="mt-5 grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <SilencesPanel />
        <HistoryPanel />
      </div>
      <div className="mt-5 grid grid-cols-1 items-start gap-5 2xl:grid-cols-[minmax(0,7fr)_minmax(300px,3fr)]">
        <Panel title="Rules" note={rules.data ? `${rules.data.length} in config/rules` : undefined}>
          <QueryState
            query={rules}
            what="The rules"
            loading={<SkeletonRows rows={5} />}
            isEmpty={(all) => all.length === 0}
            empty={
              <Empty title="No rule is loaded">
                Put Prometheus rule files into <code>config/rules</code>.
              </Empty>
            }
          >
            {(all) => <RulesTable rules={all} />}
          </QueryState>
        </Panel>
        <Panel title="Channels">
          <QueryState
            query={channels}
            what="The channels"
            loading={<SkeletonRows rows={2} />}
            isEmpty={(all) => all.length === 0}
            empty={
              <Empty title="No channel is set up">
                List channels in <code>config/channels.yaml</code> to be told when something fires.
              </Empty>
            }
          >
            {(all) => (
              <ul>
                {all.map((channel) => (
                  <ChannelRow key={channel.name} channel={channel} />
                ))}
              </ul>
            )}
          </QueryState>
        </Panel>
      </div>
    </>
  );
}
