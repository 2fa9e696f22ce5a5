'use client';

import type { Violation } from '#server/integrity/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { readTraceId } from '#components/shell/read-trace-id.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { violationColumns } from './violation-columns.ts';

/** The rows that a check found, as it selected them; a trace id leads to the call that wrote the row. */
export function ViolationsTable({ violations }: { violations: readonly Violation[] }) {
  const columns = violationColumns(violations);
  return (
    <Table>
      <Thead>
        <tr>
          <Th>First seen</Th>
          {columns.map((column) => (
            <Th key={column}>
              <code>{column}</code>
            </Th>
          ))}
        </tr>
      </Thead>
      <Tbody>
        {violations.map((violation) => (
          <Tr key={violation.key}>
            <Td className="whitespace-nowrap text-ink-muted">
              <span className="flex items-center justify-between gap-3">
                <Moment ms={violation.firstSeenMs} show="both" />
                {violation.isNew && <Badge tone="critical">new</Badge>}
              </span>
            </Td>
            {columns.map((column) => (
              <Td
                key={column}
                className="max-w-md truncate whitespace-nowrap"
                title={violation.row[column] ?? undefined}
              >
                <Cell column={column} value={violation.row[column] ?? null} />
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Cell({ column, value }: { column: string; value: string | null }) {
  if (value === null) return <span className="text-ink-faint">null</span>;
  const traceId = /trace_?id$/i.test(column) ? readTraceId(value) : null;
  if (!traceId) return <code>{value}</code>;
  return (
    <TextLink href={`/traces/${traceId}`} prefetch={false} aria-label={`Trace ${traceId}`}>
      <code>{traceId}</code>
    </TextLink>
  );
}
