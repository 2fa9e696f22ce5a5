import type { Circuit } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { CircuitBadge } from './circuit-badge.tsx';
import { FailureMeter } from './failure-meter.tsx';

/** What each instance of the owner says of the breaker; they may disagree. */
export function BreakerInstances({ circuit }: { circuit: Circuit }) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Instance</Th>
          <Th>State</Th>
          <Th>Failures</Th>
          <Th numeric className="max-md:hidden">
            Heard
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {circuit.instances.map((instance) => (
          <Tr key={instance.instance}>
            <Td>
              <code className="whitespace-nowrap">{instance.instance}</code>
            </Td>
            <Td>
              <CircuitBadge state={instance.state} />
            </Td>
            <Td>
              <FailureMeter instance={instance} />
            </Td>
            <Td numeric className="text-ink-faint max-md:hidden">
              <Moment ms={instance.lastSeenMs} show="relative" />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
