'use client';

import type { Alert } from '#server/rules/schema.ts';
import { AlertLine } from '#components/alert/alert-line.tsx';
import { byImportance } from '#components/alert/by-importance.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** Alerts that fire or are about to. */
export function OpenAlertsPanel({ query }: { query: QueryLike<Alert[]> }) {
  return (
    <Panel
      title="Open alerts"
      note={query.data && query.data.length > 0 ? query.data.length : undefined}
      actions={
        <TextLink href="/alerts" className="text-xs">
          All alerts
        </TextLink>
      }
    >
      <QueryState
        query={query}
        what="The alerts"
        loading={<SkeletonRows rows={3} />}
        isEmpty={(alerts) => alerts.length === 0}
        empty={
          <Empty title="No alert is open">
            Rules are evaluated every few seconds; what fires appears here and in your channels.
          </Empty>
        }
      >
        {(alerts) => (
          <ul>
            {alerts.toSorted(byImportance).map((alert) => (
              <AlertLine key={alert.id} alert={alert} />
            ))}
          </ul>
        )}
      </QueryState>
    </Panel>
  );
}
