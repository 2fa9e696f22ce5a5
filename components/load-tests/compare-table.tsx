import { clsx } from 'clsx';
import type { LoadTest } from '#server/load-tests/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { compareTests } from './compare-tests.ts';
import { describeTest } from './test-report.tsx';

/** The shown test held against another. */
export function CompareTable({ shown, other }: { shown: LoadTest; other: LoadTest }) {
  if (!shown.summary || !other.summary)
    return <p className="px-4 py-3 text-ink-muted">One of the two has measured nothing.</p>;
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Measure</Th>
          <Th numeric>
            <Moment ms={other.startedMs} /> · {describeTest(other)}
          </Th>
          <Th numeric>
            <Moment ms={shown.startedMs} /> · {describeTest(shown)}
          </Th>
          <Th numeric>Change</Th>
        </tr>
      </Thead>
      <Tbody>
        {compareTests(shown.summary, other.summary).map((row) => (
          <Tr key={row.label}>
            <Td className="whitespace-nowrap">{row.label}</Td>
            <Td numeric className="text-ink-muted">
              {row.other}
            </Td>
            <Td numeric>{row.shown}</Td>
            <Td
              numeric
              className={clsx(row.isBetter === null ? 'text-ink-faint' : row.isBetter ? 'text-ok' : 'text-critical')}
            >
              {row.change}
              {row.isBetter !== null && <span className="ml-1.5 text-2xs">{row.isBetter ? 'better' : 'worse'}</span>}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
