import type { ServiceInstance } from '#server/services/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { NOTHING } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

const UP = {
  true: { tone: 'ok', word: 'answers' },
  false: { tone: 'critical', word: 'does not answer' },
  null: { tone: 'neutral', word: 'not scraped' },
} as const;

/** The copies of a service that were seen, and whether they answer their scrape. */
export function InstanceTable({ instances }: { instances: readonly ServiceInstance[] }) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Instance</Th>
          <Th>Scrape</Th>
          <Th className="max-md:hidden">Version</Th>
          <Th numeric className="max-md:hidden">
            Rate
          </Th>
          <Th numeric>Last seen</Th>
        </tr>
      </Thead>
      <Tbody>
        {instances.map((instance) => {
          const { tone, word } = UP[`${instance.up}`];
          return (
            <Tr key={instance.instance}>
              <Td className="w-full max-w-0 min-w-20 truncate" title={instance.instance}>
                <code>{instance.instance || NOTHING}</code>
              </Td>
              <Td className="whitespace-nowrap">
                <span className="inline-flex h-5 items-center gap-1.5 align-middle text-xs text-ink-muted">
                  <StatusGlyph tone={tone} size={12} />
                  {word}
                </span>
              </Td>
              <Td className="max-w-32 truncate text-ink-muted max-md:hidden" title={instance.version ?? undefined}>
                {instance.version ?? NOTHING}
              </Td>
              <Td numeric className="max-md:hidden">
                {formatRate(instance.requestsPerS)}
              </Td>
              <Td numeric className="text-ink-muted">
                <Moment ms={instance.lastSeenMs} show="relative" />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
