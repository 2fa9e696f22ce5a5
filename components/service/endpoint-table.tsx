'use client';

import type { Endpoint } from '#server/services/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { Sparkline } from '#components/chart/sparkline.tsx';
import { errorTone } from '#components/diagram/traffic.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatCount } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { tracesHref } from './service-href.ts';

interface EndpointTableProps {
  service: string;
  endpoints: readonly Endpoint[];
  /** Set when the shown range stands still, so that the traces are looked for in it. */
  fixedRange: TimeRange | undefined;
}

/** What a service offers, busiest first as the server sorts it; each leads to its traces. */
export function EndpointTable({ service, endpoints, fixedRange }: EndpointTableProps) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Operation</Th>
          <Th numeric>Rate</Th>
          <Th numeric className="max-2xl:hidden">
            Calls
          </Th>
          <Th numeric>Errors</Th>
          <Th numeric className="max-md:hidden xl:max-2xl:hidden">
            p50
          </Th>
          <Th numeric>p95</Th>
          <Th numeric className="max-md:hidden">
            p99
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {endpoints.map((endpoint) => (
          <Tr key={`${endpoint.kind} ${endpoint.operation}`}>
            <Td className="w-full max-w-0 min-w-24 truncate" title={endpoint.operation}>
              <TextLink
                href={tracesHref({ service, operation: endpoint.operation, range: fixedRange })}
                prefetch={false}
              >
                {endpoint.operation}
              </TextLink>
              {endpoint.kind !== 'server' && <span className="ml-2 text-xs text-ink-faint">{endpoint.kind}</span>}
            </Td>
            <Td numeric>
              <span className="flex items-center justify-end gap-3">
                <Sparkline values={endpoint.requestsSparkline} label="" className="max-md:hidden" />
                <span className="min-w-12">{formatRate(endpoint.requestsPerS)}</span>
              </span>
            </Td>
            <Td numeric className="text-ink-muted max-2xl:hidden">
              {formatCount(endpoint.count)}
            </Td>
            <Td numeric className={TONE_TEXT[errorTone(endpoint.errorRatio)]}>
              {formatRatio(endpoint.errorRatio)}
            </Td>
            <Td numeric className="max-md:hidden xl:max-2xl:hidden">
              {formatDuration(endpoint.latencyMsP50)}
            </Td>
            <Td numeric>{formatDuration(endpoint.latencyMsP95)}</Td>
            <Td numeric className="max-md:hidden">
              {formatDuration(endpoint.latencyMsP99)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
