'use client';

import { useQuery } from '@tanstack/react-query';
import type { AlertHistory } from '#server/rules/schema.ts';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { Breakable } from '#components/format/breakable.tsx';
import { formatSpan } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { LIVE } from '#components/live/recent.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

const DAYS = 7;

/** How often and how long each rule fired in the past week: what is worth mending. */
export function HistoryPanel() {
  const trpc = useTRPC();
  const history = useQuery({ ...trpc.alerts.history.queryOptions({ days: DAYS }), meta: LIVE });
  return (
    <Panel
      title="Past 7 days"
      note="by rule, the most frequent first"
      actions={<ExplainButton what="the past 7 days" path="alerts.history" input={{ days: DAYS }} />}
    >
      <QueryState
        query={history}
        what="The history"
        loading={<SkeletonRows rows={3} />}
        isEmpty={(all) => all.length === 0}
        empty={<Empty title="Nothing fired in the past 7 days" />}
      >
        {(all) => (
          <Table>
            <Thead>
              <tr>
                <Th>Rule</Th>
                <Th className="max-md:hidden">By day</Th>
                <Th numeric>Fired</Th>
                <Th numeric>In all</Th>
                <Th numeric className="max-md:hidden">
                  Longest
                </Th>
                <Th numeric>Last</Th>
              </tr>
            </Thead>
            <Tbody>
              {all.map((row) => (
                <Tr key={row.rule}>
                  <Td className="font-medium [overflow-wrap:anywhere]">
                    <Breakable name={row.rule} />
                  </Td>
                  <Td className="max-md:hidden">
                    <DayBars row={row} />
                  </Td>
                  <Td numeric>{row.count}×</Td>
                  <Td numeric>{formatSpan(row.firingMs)}</Td>
                  <Td numeric className="max-md:hidden">
                    {formatSpan(row.longestMs)}
                  </Td>
                  <Td numeric className="text-ink-muted">
                    <Moment ms={row.lastFiredMs} show="relative" />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </QueryState>
    </Panel>
  );
}

const BAR = { width: 8, gap: 2, height: 18 } as const;
const FILL = { critical: 'var(--critical)', warning: 'var(--warn)', info: 'var(--info)' } as const;

function DayBars({ row: { perDay, severity } }: { row: AlertHistory }) {
  const most = Math.max(...perDay, 1);
  return (
    <svg
      role="img"
      aria-label={`Fired by day, the oldest first: ${perDay.join(', ')}`}
      width={perDay.length * (BAR.width + BAR.gap)}
      height={BAR.height}
    >
      {perDay.map((count, day) => {
        const height = count === 0 ? 1 : Math.max((count / most) * BAR.height, 3);
        return (
          <rect
            // Days have no identity beside their place.
            // oxlint-disable-next-line react/no-array-index-key
            key={day}
            x={day * (BAR.width + BAR.gap)}
            y={BAR.height - height}
            width={BAR.width}
            height={height}
            fill={count === 0 ? 'var(--line)' : FILL[severity]}
          />
        );
      })}
    </svg>
  );
}
