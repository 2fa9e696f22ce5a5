'use client';

import { useSearchParams } from 'next/navigation';
import { CircuitBadge } from '#components/circuit/circuit-badge.tsx';
import { circuitHref } from '#components/circuit/circuit-href.ts';
import { errorTone } from '#components/diagram/traffic.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { withRange } from '#components/time-range/range-scope.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import type { Dependency } from './dependencies.ts';
import { serviceHref } from './service-href.ts';

/** Neighbours on one side of a service, with what passes between them. */
export function DependencyList({ title, dependencies }: { title: string; dependencies: readonly Dependency[] }) {
  return (
    <Table className="table-fixed">
      <Thead>
        <tr>
          <Th className="w-[34%]">{title}</Th>
          <Th className="w-[24%]">Breaker</Th>
          <Th numeric>Rate</Th>
          <Th numeric>Errors</Th>
          <Th numeric className="max-md:hidden">
            p95
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {dependencies.length === 0 && (
          <tr>
            <Td colSpan={5} className="text-ink-faint">
              none seen
            </Td>
          </tr>
        )}
        {dependencies.map((dependency) => (
          <DependencyRow key={dependency.edge.id} {...dependency} />
        ))}
      </Tbody>
    </Table>
  );
}

function DependencyRow({ node, edge }: Dependency) {
  const params = useSearchParams();
  const isService = node.kind === 'service' || node.kind === 'gateway';
  return (
    <Tr>
      <Td className="max-w-48 truncate" title={node.name}>
        {isService ? (
          <TextLink href={withRange(serviceHref(node.name), params)}>{node.name}</TextLink>
        ) : (
          <>
            {node.name} <span className="text-xs text-ink-faint">{node.kind}</span>
          </>
        )}
      </Td>
      <Td>
        {edge.breaker && (
          <TextLink href={circuitHref(edge.breaker)} className="no-underline">
            <CircuitBadge state={edge.breaker.state} />
          </TextLink>
        )}
      </Td>
      <Td numeric>{formatRate(edge.requestsPerS)}</Td>
      <Td numeric className={TONE_TEXT[errorTone(edge.errorRatio)]}>
        {formatRatio(edge.errorRatio)}
      </Td>
      <Td numeric className="max-md:hidden">
        {formatDuration(edge.latencyMsP95)}
      </Td>
    </Tr>
  );
}
