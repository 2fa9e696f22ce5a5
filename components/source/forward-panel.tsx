import type { SourcesReport } from '#server/sources/schema.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { formatInteger } from '#components/format/number.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

/** What is sent on to other systems. */
export function ForwardPanel({ forwarded, forwardWaiting }: Pick<SourcesReport, 'forwarded' | 'forwardWaiting'>) {
  const waiting = forwardWaiting
    .filter(({ bytes }) => bytes > 0)
    .map(({ destination, bytes }) => `${formatBytes(bytes)} wait for ${destination}`);
  return (
    <Panel title="Sent on" note={waiting.length > 0 ? `${waiting.join(', ')}.` : 'In the last hour; nothing waits.'}>
      <Table>
        <Thead>
          <tr>
            <Th>Destination</Th>
            <Th>Signal</Th>
            <Th numeric>Sent</Th>
            <Th numeric>Refused there</Th>
            <Th numeric>Dropped</Th>
          </tr>
        </Thead>
        <Tbody>
          {forwarded.map(({ destination, signal, sent, failed, dropped }) => (
            <Tr key={`${destination} ${signal}`}>
              <Td className="font-medium">{destination}</Td>
              <Td>{signal}</Td>
              <Td numeric>{formatInteger(sent)}</Td>
              <Td numeric className={failed > 0 ? 'font-medium text-warn' : 'text-ink-faint'}>
                {formatInteger(failed)}
              </Td>
              <Td numeric className={dropped > 0 ? 'font-medium text-warn' : 'text-ink-faint'}>
                {formatInteger(dropped)}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Panel>
  );
}
