import type { GatewayConfiguration } from '#server/gateway/schema.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

const STATES = {
  applied: { tone: 'ok', word: 'applied' },
  behind: { tone: 'warn', word: 'behind' },
  refused: { tone: 'critical', word: 'refused' },
} as const;

/** How each gateway took what is wanted. */
export function GatewayTable({ gateways }: Pick<GatewayConfiguration, 'gateways'>) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Gateway</Th>
          <Th>State</Th>
          <Th numeric>Holds</Th>
          <Th className="w-full max-md:hidden">
            <span className="sr-only">Note</span>
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {gateways.map(({ instance, state, reason, version, isAsOthers }) => {
          const note = reason || (isAsOthers ? '' : 'What is in force here differs: its environment is another.');
          return (
            <Tr key={instance}>
              <Td>
                <span className="whitespace-nowrap font-mono text-xs text-ink">{instance}</span>
                {note && <span className="block text-xs text-ink-muted md:hidden">{note}</span>}
              </Td>
              <Td>
                <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
              </Td>
              <Td numeric className="tabular-nums">
                {version === null ? '–' : version === 0 ? 'as started' : `version ${version}`}
              </Td>
              <Td className="text-ink-muted max-md:hidden">{note}</Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
