'use client';

import { useRef } from 'react';
import type { TraceSummary } from '#server/traces/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { ServiceChips } from './service-chips.tsx';
import { serviceColours } from './service-colours.ts';

interface TraceTableProps {
  traces: readonly TraceSummary[];
  sort: 'newest' | 'slowest';
  onSort: (sort: 'newest' | 'slowest') => void;
  /** Ids of the traces that are ticked. */
  picked: readonly string[];
  onPick: (traceId: string, isPicked: boolean) => void;
}

/** Traces with their length against the longest of them. */
export function TraceTable({ traces, sort, onSort, picked, onPick }: TraceTableProps) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const longestMs = traces.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  const names = traces.flatMap(({ services }) => services.map(({ service }) => service));
  // By name, so that a service keeps its colour while new traces come in.
  const colours = serviceColours([...new Set(names)].toSorted());
  return (
    <div ref={list}>
      <Table>
        <Thead>
          <tr>
            <Th className="w-8 pr-0!">
              <span className="sr-only">To compare</span>
            </Th>
            <Th sort={sort === 'newest' ? 'desc' : null} onSort={() => onSort('newest')}>
              Start
            </Th>
            <Th>Trace</Th>
            <Th sort={sort === 'slowest' ? 'desc' : null} onSort={() => onSort('slowest')} numeric>
              Duration
            </Th>
            <Th numeric className="max-md:hidden">
              Spans
            </Th>
            <Th numeric>Errors</Th>
            <Th className="max-md:hidden">Services</Th>
          </tr>
        </Thead>
        <Tbody>
          {traces.map((trace) => (
            <Tr key={trace.traceId} selected={picked.includes(trace.traceId)}>
              <Td className="pr-0!">
                <input
                  type="checkbox"
                  aria-label={`Compare trace ${trace.traceId.slice(0, 8)}`}
                  checked={picked.includes(trace.traceId)}
                  onChange={({ target }) => onPick(trace.traceId, target.checked)}
                  className="size-3.5 accent-accent align-middle"
                />
              </Td>
              <Td className="whitespace-nowrap text-ink-muted">
                <Moment ms={trace.startMs} show="both" />
              </Td>
              <Td className="max-w-[420px] min-w-40 truncate max-md:w-full max-md:max-w-0 max-md:min-w-24 max-md:whitespace-normal">
                <TextLink
                  data-row
                  href={`/traces/${trace.traceId}`}
                  prefetch={false}
                  title={`${trace.rootService}: ${trace.rootOperation}\n${trace.traceId}`}
                  className="max-md:line-clamp-2 max-md:[overflow-wrap:anywhere]"
                  aria-label={`Trace ${trace.traceId.slice(0, 8)}, ${trace.rootService}: ${trace.rootOperation}`}
                >
                  <span className="font-medium">{trace.rootService || 'root missing'}</span> {trace.rootOperation}
                </TextLink>
              </Td>
              <Td numeric>
                <span className="flex items-center justify-end gap-3">
                  <Meter
                    value={longestMs > 0 ? trace.durationMs / longestMs : 0}
                    tone={trace.errorCount > 0 ? 'critical' : 'neutral'}
                    label={`${formatDuration(trace.durationMs)} of at most ${formatDuration(longestMs)}`}
                    className="w-24! max-md:hidden"
                  />
                  <span className="min-w-14">{formatDuration(trace.durationMs)}</span>
                </span>
              </Td>
              <Td numeric className="text-ink-muted max-md:hidden">
                {formatInteger(trace.spanCount)}
              </Td>
              <Td numeric>
                {trace.errorCount > 0 ? (
                  <span className="text-critical">
                    <StatusGlyph tone="critical" size={12} className="mr-1.5 align-[-1.5px]" />
                    {formatInteger(trace.errorCount)}
                  </span>
                ) : (
                  <span className="text-ink-faint">0</span>
                )}
                {trace.refusedCount > 0 && (
                  <Badge
                    tone="half-open"
                    glyph={false}
                    className="ml-2 max-md:hidden"
                    title="Refused by an open breaker: never sent"
                  >
                    {formatInteger(trace.refusedCount)} refused
                  </Badge>
                )}
              </Td>
              <Td className="w-full max-w-0 overflow-hidden mask-r-from-[calc(100%-24px)] max-md:hidden">
                <ServiceChips services={trace.services} colours={colours} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}
