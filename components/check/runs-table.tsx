'use client';

import type { CheckRun, CheckSeverity } from '#server/integrity/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { CheckBadge } from './check-badge.tsx';

const TRIGGERS = { schedule: 'schedule', manual: 'by hand', start: 'start of the console' } as const;

/** The runs of a check, newest first. */
export function RunsTable({ runs, severity }: { runs: readonly CheckRun[]; severity: CheckSeverity }) {
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table>
        <Thead>
          <tr>
            <Th>Started</Th>
            <Th>Result</Th>
            <Th numeric>Rows</Th>
            <Th numeric>New</Th>
            <Th numeric>Took</Th>
            <Th className="max-md:hidden">Why</Th>
          </tr>
        </Thead>
        <Tbody>
          {runs.map((run) => (
            <Tr key={run.id}>
              <Td className="whitespace-nowrap">
                <Moment ms={run.startedMs} show="both" />
              </Td>
              <Td title={run.error ?? undefined}>
                <CheckBadge status={run.status} severity={severity} />
              </Td>
              <Td numeric>{run.status === 'failed' ? NOTHING : formatInteger(run.violations)}</Td>
              <Td numeric className={run.newViolations > 0 ? 'font-medium text-critical' : 'text-ink-faint'}>
                {run.status === 'failed' ? NOTHING : formatInteger(run.newViolations)}
              </Td>
              <Td numeric>{formatDuration(run.durationMs)}</Td>
              <Td className="whitespace-nowrap text-ink-muted max-md:hidden">{TRIGGERS[run.trigger]}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}
