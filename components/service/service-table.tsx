'use client';

import { clsx } from 'clsx';
import { useSearchParams } from 'next/navigation';
import { memo, useRef, useState } from 'react';
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
  { sort: 'p50', label: 'p50', numeric: true, isExtra: true },
  { sort: 'p95', label: 'p95', numeric: true },
  { sort: 'p99', label: 'p99', numeric: true, isExtra: true },
  { sort: 'instances', label: 'Instances', numeric: true, isExtra: true },
  { sort: 'seen', label: 'Last seen', isExtra: true },
] as const satisfies { sort: ServiceSort; label: string; numeric?: boolean; isExtra?: boolean }[];
/** What a narrow screen has no room for; the page of the service says it. */
const EXTRA = 'max-lg:hidden';

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
                className={'isExtra' in column ? EXTRA : undefined}
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
  // A page is made ready when somebody may go there: a list of hundreds would ask for all that come into sight.
  const [isNear, setNear] = useState(false);
  return (
    <Tr onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)}>
      {/* Takes what the figures leave, however long its name is. */}
      <Td className="w-full max-w-0 min-w-32">
        <span className="flex items-center gap-2">
          <StatusGlyph tone={tone} label={word} className="shrink-0" />
          <TextLink
            data-row
            href={href}
            prefetch={isNear ? null : false}
            title={service.service}
            className="min-w-0 truncate font-medium"
          >
            {service.service}
          </TextLink>
          {tone !== 'ok' && <span className={`shrink-0 text-xs max-md:hidden ${TONE_TEXT[tone]}`}>{word}</span>}
          {service.version && (
            <span title={service.version} className="min-w-8 shrink-[9] truncate text-xs text-ink-faint max-md:hidden">
              {service.version}
            </span>
          )}
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
      <Td numeric className={EXTRA}>
        {formatDuration(service.latencyMsP50)}
      </Td>
      <Td numeric>{formatDuration(service.latencyMsP95)}</Td>
      <Td numeric className={EXTRA}>
        {formatDuration(service.latencyMsP99)}
      </Td>
      <Td numeric className={EXTRA}>
        {formatInteger(service.instances)}
      </Td>
      <Td className={clsx('whitespace-nowrap text-ink-muted', EXTRA)}>
        <Moment ms={service.lastSeenMs} show="relative" />
      </Td>
    </Tr>
  );
});
