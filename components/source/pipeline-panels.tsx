import type { SourcesReport } from '#server/sources/schema.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { formatInteger, NOTHING, significant } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { tracesHref } from '#components/service/service-href.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

/** What was turned away, with the reason that its sender was given. */
export function RefusedPanel({ refused }: Pick<SourcesReport, 'refused'>) {
  return (
    <Panel title="Refused" note="What was not kept, and why; its sender was told the same.">
      {refused.length === 0 ? (
        <Empty title="Nothing was refused">All that was sent has been acknowledged since the collector started.</Empty>
      ) : (
        <Table>
          <Thead>
            <tr>
              <Th>Source</Th>
              <Th>Signal</Th>
              <Th>Reason</Th>
              <Th numeric>Last hour</Th>
              <Th numeric className="max-md:hidden">
                Since its start
              </Th>
            </tr>
          </Thead>
          <Tbody>
            {refused.map(({ source, signal, reason, what, lastHour, total }) => (
              <Tr key={`${source} ${signal} ${what} ${reason}`}>
                <Td className="font-medium [overflow-wrap:anywhere]">{source || 'not known'}</Td>
                <Td>{signal.replaceAll('_', ' ')}</Td>
                <Td>
                  {reason} {what === 'requests' && <span className="text-xs text-ink-faint">requests</span>}
                </Td>
                <Td numeric className={lastHour > 0 ? 'font-medium text-warn' : 'text-ink-faint'}>
                  {formatInteger(lastHour)}
                </Td>
                <Td numeric className="max-md:hidden">
                  {formatInteger(total)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Panel>
  );
}

/** What each table of the store takes. */
export function StorePanel({ tables }: Pick<SourcesReport, 'tables'>) {
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  return (
    <Panel title="Store" note={`${formatBytes(bytes)} on the disk`}>
      <Table>
        <Thead>
          <tr>
            <Th>Table</Th>
            <Th numeric>Rows</Th>
            <Th numeric>On the disk</Th>
            <Th numeric className="max-md:hidden">
              A row
            </Th>
            <Th numeric className="max-md:hidden">
              Compressed to
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {tables.map((table) => (
            <Tr key={table.table}>
              <Td className="font-medium">{table.table}</Td>
              <Td numeric>{formatInteger(table.rows)}</Td>
              <Td numeric>{formatBytes(table.bytes)}</Td>
              <Td numeric className="max-md:hidden">
                {table.rows > 0 ? formatBytes(table.bytes / table.rows) : NOTHING}
              </Td>
              <Td numeric className="max-md:hidden">
                {formatRatio(table.uncompressedBytes > 0 ? table.bytes / table.uncompressedBytes : null)}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Panel>
  );
}

/** What Switchyard itself takes for all this, measured like any other service. */
export function OwnCostPanel({ own }: Pick<SourcesReport, 'own'>) {
  return (
    <Panel title="What Switchyard itself takes">
      {own.length === 0 ? (
        <Empty title="Not measured yet">
          The collector scrapes our own processes too; the first scrape shows here.
        </Empty>
      ) : (
        <Table>
          <Thead>
            <tr>
              <Th>Process</Th>
              <Th numeric>Memory</Th>
              <Th numeric className="max-md:hidden">
                Processor
              </Th>
              <Th numeric className="max-2xl:hidden">
                Samples a scrape
              </Th>
              <Th>What it did</Th>
            </tr>
          </Thead>
          <Tbody>
            {own.map(({ job, instance, residentBytes, cpuShare, samplesPerScrape }) => (
              <Tr key={`${job} ${instance}`}>
                <Td>
                  <span className="font-medium">{job}</span> <span className="text-xs text-ink-faint">{instance}</span>
                </Td>
                <Td numeric>{formatBytes(residentBytes)}</Td>
                <Td numeric className="max-md:hidden">
                  {cpuShare === null ? NOTHING : `${significant(cpuShare, 2)} cores`}
                </Td>
                <Td numeric className="max-2xl:hidden">
                  {formatInteger(samplesPerScrape)}
                </Td>
                <Td className="whitespace-nowrap">
                  <TextLink href={tracesHref({ service: job })}>Traces</TextLink>{' '}
                  <TextLink href={`/logs?service=${encodeURIComponent(job)}`}>Logs</TextLink>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Panel>
  );
}
