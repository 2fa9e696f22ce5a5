import type { CircuitSettings } from '#server/circuits/schema.ts';
import type { GatewayConfiguration } from '#server/gateway/schema.ts';
import { tuneHref } from '#components/circuit/circuit-href.ts';
import { formatDuration } from '#components/format/duration.ts';
import { NOTHING } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Instead } from './instead.tsx';

type InForce = NonNullable<GatewayConfiguration['inForce']>;

/** In the order in which a breaker's story is told: when it opens, for how long, how it closes, what a call may take. */
const COLUMNS: readonly { head: string; show: (settings: Partial<CircuitSettings>) => string | null }[] = [
  { head: 'Opens at', show: ({ failureThreshold: count }) => counted(count, 'failure', 'failures') },
  { head: 'Window', show: showWindow },
  { head: 'Stays open', show: ({ resetTimeoutMs }) => duration(resetTimeoutMs) },
  { head: 'Closes after', show: ({ halfOpenSuccessCount: count }) => counted(count, 'success', 'successes') },
  { head: 'A call may take', show: ({ answerTimeoutMs }) => duration(answerTimeoutMs) },
  { head: 'Retries', show: ({ retriesMax }) => retriesMax?.toString() ?? null },
];

/** The settings in force of every breaker; each is tuned on a page of its own, over recorded calls. */
export function SettingsTable({ breakers, environment }: Pick<InForce, 'breakers' | 'environment'>) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Breaker</Th>
          {COLUMNS.map(({ head }) => (
            <Th key={head} numeric>
              {head}
            </Th>
          ))}
        </tr>
      </Thead>
      <Tbody>
        {breakers.map(({ name, settings, forced }) => (
          <Tr key={name}>
            <Td className="whitespace-nowrap">
              <TextLink href={tuneHref({ reporter: 'gateway', name })}>{name}</TextLink>{' '}
              {forced && <Badge tone={forced === 'open' ? 'critical' : 'warn'}>forced {forced}</Badge>}
            </Td>
            {COLUMNS.map(({ head, show }) => {
              const text = show(settings) ?? NOTHING;
              return (
                <Td key={head} numeric className="tabular-nums">
                  {text}
                  <Instead of={show(environment) ?? text} than={text} />
                </Td>
              );
            })}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function showWindow({ windowMs, failurePercent }: Partial<CircuitSettings>): string | null {
  if (windowMs === undefined) return null;
  return windowMs === 0 ? 'none' : `${failurePercent ?? NOTHING} % of ${formatDuration(windowMs)}`;
}

function counted(count: number | undefined, one: string, many: string): string | null {
  return count === undefined ? null : `${count} ${count === 1 ? one : many}`;
}

function duration(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : formatDuration(ms);
}
