import type { GatewayConfiguration } from '#server/gateway/schema.ts';
import { tuneHref } from '#components/circuit/circuit-href.ts';
import { formatDuration } from '#components/format/duration.ts';
import { NOTHING } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

type Breakers = NonNullable<GatewayConfiguration['inForce']>['breakers'];

/** The settings in force of every breaker; each is tuned on a page of its own, over recorded calls. */
export function SettingsTable({ breakers }: { breakers: Breakers }) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Breaker</Th>
          <Th numeric>Opens at</Th>
          <Th numeric>Window</Th>
          <Th numeric>Stays open</Th>
          <Th numeric>Closes after</Th>
          <Th numeric>A call may take</Th>
          <Th numeric>Retries</Th>
        </tr>
      </Thead>
      <Tbody>
        {breakers.map(({ name, settings, forced }) => (
          <Tr key={name}>
            <Td className="whitespace-nowrap">
              <TextLink href={tuneHref({ reporter: 'gateway', name })}>{name}</TextLink>{' '}
              {forced && <Badge tone={forced === 'open' ? 'critical' : 'warn'}>forced {forced}</Badge>}
            </Td>
            <Td numeric className="tabular-nums">
              {settings.failureThreshold} {settings.failureThreshold === 1 ? 'failure' : 'failures'}
            </Td>
            <Td numeric className="tabular-nums">
              {settings.windowMs === 0
                ? 'none'
                : `${settings.failurePercent} % of ${formatDuration(settings.windowMs)}`}
            </Td>
            <Td numeric className="tabular-nums">
              {formatDuration(settings.resetTimeoutMs)}
            </Td>
            <Td numeric className="tabular-nums">
              {settings.halfOpenSuccessCount} {settings.halfOpenSuccessCount === 1 ? 'success' : 'successes'}
            </Td>
            <Td numeric className="tabular-nums">
              {settings.answerTimeoutMs === null ? NOTHING : formatDuration(settings.answerTimeoutMs)}
            </Td>
            <Td numeric className="tabular-nums">
              {settings.retriesMax ?? NOTHING}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
