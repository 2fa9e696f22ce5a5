'use client';

import type { Topology } from '#server/topology/schema.ts';
import { CircuitBadge } from '#components/circuit/circuit-badge.tsx';
import { Breakable } from '#components/format/breakable.tsx';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { NOTHING } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { errorTone } from './traffic.ts';

interface DiagramTableProps {
  topology: Topology;
  onBreaker: (breaker: { reporter: string; name: string }) => void;
}

/** The diagram in words: one line a row. */
export function DiagramTable({ topology, onBreaker }: DiagramTableProps) {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  const edges = topology.edges.toSorted((a, b) =>
    a.source === b.source ? (a.target < b.target ? -1 : 1) : a.source < b.source ? -1 : 1,
  );
  return (
    <Table aria-label="Lines of the single-line diagram">
      <Thead>
        <tr>
          <Th>Caller</Th>
          <Th>Called</Th>
          <Th className="max-md:hidden">Breaker</Th>
          <Th numeric>Rate</Th>
          <Th numeric>Errors</Th>
          <Th numeric className="max-md:hidden">
            p95
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {edges.map((edge) => (
          <Tr key={edge.id}>
            <Td className="[overflow-wrap:anywhere]">
              <NodeName node={nodes.get(edge.source)} />
            </Td>
            <Td className="[overflow-wrap:anywhere]">
              <NodeName node={nodes.get(edge.target)} />
              {edge.breaker && (
                <span className="block md:hidden">
                  <BreakerButton breaker={edge.breaker} onBreaker={onBreaker} />
                </span>
              )}
            </Td>
            <Td className="max-md:hidden">
              {edge.breaker ? (
                <BreakerButton breaker={edge.breaker} onBreaker={onBreaker} />
              ) : (
                <span className="text-ink-faint">{NOTHING}</span>
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
        ))}
      </Tbody>
    </Table>
  );
}

interface BreakerButtonProps extends Pick<DiagramTableProps, 'onBreaker'> {
  breaker: NonNullable<Topology['edges'][number]['breaker']>;
}

function BreakerButton({ breaker, onBreaker }: BreakerButtonProps) {
  return (
    <button type="button" className="rounded-sm hover:underline" onClick={() => onBreaker(breaker)}>
      <CircuitBadge state={breaker.state} />
    </button>
  );
}

function NodeName({ node }: { node: Topology['nodes'][number] | undefined }) {
  if (!node) return null;
  if (node.kind === 'service' || node.kind === 'gateway') {
    return (
      <TextLink href={`/services/${encodeURIComponent(node.name)}`}>
        <Breakable name={node.name} />
      </TextLink>
    );
  }
  return (
    <>
      <Breakable name={node.name} /> <span className="text-ink-faint">{node.kind}</span>
    </>
  );
}
