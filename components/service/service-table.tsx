'use client';

import { useSearchParams } from 'next/navigation';
import { memo, useRef } from 'react';
import type { ServiceSummary } from '#server/services/schema.ts';
import { Sparkline } from '#components/chart/sparkline.tsx';
import { HEALTH, nodeHealth } from '#components/diagram/node-health.ts';
import { errorTone } from '#components/diagram/traffic.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { withRange } from '#components/time-range/range-scope.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { serviceHref } from './service-href.ts';
import type { ServiceSort, SortDirection } from './sort-services.ts';

interface ServiceTableProps {
  services: readonly ServiceSummary[];
  sort: ServiceSort;
  direction: SortDirection;
  onSort: (sort: ServiceSort) => void;
}

const COLUMNS = [
  { sort: 'service', label: 'Service' },
  { sort: 'rate', label: 'Requests', numeric: true },
  { sort: 'errors', label: 'Errors', numeric: true },
  { sort: 'p50', label: 'p50', numeric: true },
  { sort: 'p95', label: 'p95', numeric: true },
  { sort: 'p99', label: 'p99', numeric: true },
  { sort: 'instances', label: 'Instances', numeric: true },
  { sort: 'seen', label: 'Last seen' },
] as const satisfies { sort: ServiceSort; label: string; numeric?: boolean }[];

/** Every service in a row with its rate, errors and durations. */
export function ServiceTable({ services, sort, direction, onSort }: ServiceTableProps) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const params = useSearchParams();
  return (
    <div ref={list}>
      <Table>
        <Thead>
          <tr>
            {COLUMNS.map((column) => (
              <Th
                key={column.sort}
                numeric={'numeric' in column}
                sort={column.sort === sort ? direction : null}
                onSort={() => onSort(column.sort)}
              >
                {column.label}
              </Th>
            ))}
          </tr>
        </Thead>
        <Tbody>
          {services.map((service) => (
            <ServiceRow
              key={service.service}
              service={service}
              href={withRange(serviceHref(service.service), params)}
            />
          ))}
        </Tbody>
      </Table>
    </div>
  );
}

/** Kept as it is while the list around it is narrowed. */
const ServiceRow = memo(function ServiceRow({ service, href }: { service: ServiceSummary; href: string }) {
  const { word, tone } = HEALTH[nodeHealth(service)];
  return (
    <Tr>
      <Td className="whitespace-nowrap">
        <span className="flex items-center gap-2">
          <StatusGlyph tone={tone} label={word} />
          <TextLink data-row href={href} className="font-medium">
            {service.service}
          </TextLink>
          {tone !== 'ok' && <span className={`text-xs ${TONE_TEXT[tone]}`}>{word}</span>}
          {service.version && <span className="text-xs text-ink-faint">{service.version}</span>}
        </span>
      </Td>
      <Td numeric>
        <span className="flex items-center justify-end gap-3">
          <Sparkline values={service.requestsSparkline} label="" className="max-md:hidden" />
          <span className="min-w-14">{formatRate(service.requestsPerS)}</span>
        </span>
      </Td>
      <Td numeric className={TONE_TEXT[errorTone(service.errorRatio)]}>
        {formatRatio(service.errorRatio)}
      </Td>
      <Td numeric>{formatDuration(service.latencyMsP50)}</Td>
      <Td numeric>{formatDuration(service.latencyMsP95)}</Td>
      <Td numeric>{formatDuration(service.latencyMsP99)}</Td>
      <Td numeric>{formatInteger(service.instances)}</Td>
      <Td className="whitespace-nowrap text-ink-muted">
        <Moment ms={service.lastSeenMs} show="relative" />
      </Td>
    </Tr>
  );
});
