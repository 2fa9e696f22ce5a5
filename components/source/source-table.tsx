'use client';

import { useRef } from 'react';
import type { Source } from '#server/sources/schema.ts';
import { Breakable } from '#components/format/breakable.tsx';
import { formatAge } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { serviceHref } from '#components/service/service-href.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';

const NAMELESS = 'Made here of spans, breakers, checks and rules, or pushed without a job';

/** Scrapes and exports come every few seconds: who is silent for longer has stopped, or cannot reach us. */
const SILENT_MS = 120_000;

/** Who sends, how much of what, and how fresh it is. */
export function SourceTable({ sources, atMs }: { sources: readonly Source[]; atMs: number }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Source</Th>
          <Th numeric>Spans</Th>
          <Th numeric>Log lines</Th>
          <Th numeric>Samples</Th>
          <Th numeric className="max-md:hidden">
            Series
          </Th>
          <Th numeric className="max-md:hidden">
            Lag
          </Th>
          <Th className="max-lg:hidden">Last seen</Th>
        </tr>
      </Thead>
      <Tbody>
        {sources.map((source) => {
          const lagMs = Math.max(0, atMs - source.lastSeenMs);
          return (
            <Tr key={source.service}>
              <Td className="[overflow-wrap:anywhere]">
                {source.service === '' ? (
                  <span title={NAMELESS} className="text-ink-muted">
                    series without a job
                  </span>
                ) : (
                  <TextLink data-row href={serviceHref(source.service)} className="font-medium">
                    <Breakable name={source.service} />
                  </TextLink>
                )}
                {lagMs > SILENT_MS && (
                  <Badge tone="warn" className="ml-2">
                    Silent
                  </Badge>
                )}
              </Td>
              <Td numeric>{formatRate(source.spansPerS)}</Td>
              <Td numeric>{formatRate(source.logsPerS)}</Td>
              <Td numeric>{formatRate(source.samplesPerS)}</Td>
              <Td numeric className="max-md:hidden">
                {formatInteger(source.series)}
              </Td>
              <Td numeric className="max-md:hidden">
                {formatAge(lagMs)}
              </Td>
              <Td className="whitespace-nowrap text-ink-muted max-lg:hidden">
                <Moment ms={source.lastSeenMs} />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
