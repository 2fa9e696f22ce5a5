import type { Summary } from '#server/load-tests/schema.ts';
import { Breakable } from '#components/format/breakable.tsx';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { servedRatio, totalOf } from './outcomes.ts';

/** What each route of the shop made of it. */
export function RouteTable({ routes }: { routes: Summary['routes'] }) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Route</Th>
          <Th numeric>Requests</Th>
          <Th numeric>Served</Th>
          <Th numeric className="max-md:hidden">
            p50
          </Th>
          <Th numeric>p95</Th>
          <Th numeric className="max-md:hidden">
            p99
          </Th>
          <Th className="max-md:hidden">Answers</Th>
        </tr>
      </Thead>
      <Tbody>
        {routes.map(({ route, counts, statuses, p50Ms, p95Ms, p99Ms }) => (
          <Tr key={route}>
            <Td className="font-mono text-xs [overflow-wrap:anywhere]">
              <Breakable name={route} />
            </Td>
            <Td numeric>{formatInteger(totalOf(counts))}</Td>
            <Td numeric>{formatRatio(servedRatio(counts))}</Td>
            <Td numeric className="max-md:hidden">
              {formatDuration(p50Ms)}
            </Td>
            <Td numeric>{formatDuration(p95Ms)}</Td>
            <Td numeric className="max-md:hidden">
              {formatDuration(p99Ms)}
            </Td>
            <Td className="whitespace-nowrap text-xs text-ink-muted max-md:hidden">{tally(statuses)}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function tally(statuses: Record<string, number>): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${formatInteger(count)} × ${status === '0' ? 'no answer' : status}`)
    .join(', ');
}
