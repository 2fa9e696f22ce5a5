import type { InstantData } from '#server/metrics/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { QueryNotes } from './query-notes.tsx';
import { seriesName } from './series-name.ts';

/** The values at one moment, in the order in which the expression gives them: `sort()` and `topk()` mean theirs. */
export function QueryTable({ data }: { data: InstantData }) {
  const left = data.rowsTotal - data.rows.length;
  return (
    <>
      <div className="max-h-[420px] overflow-y-auto">
        <Table>
          <Thead>
            <tr>
              <Th>{data.resultType === 'scalar' || data.resultType === 'string' ? 'Kind' : 'Series'}</Th>
              <Th numeric>
                Value at <Moment ms={data.timeMs} show="absolute" />
              </Th>
            </tr>
          </Thead>
          <Tbody>
            {data.rows.map(({ labels, value }, place) => (
              <Tr key={place}>
                <Td className="break-all font-mono text-xs">
                  {data.resultType === 'scalar' || data.resultType === 'string' ? data.resultType : seriesName(labels)}
                </Td>
                <Td numeric className="whitespace-pre! font-mono text-xs">
                  {value}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </div>
      {left > 0 && (
        <p role="status" className="border-t border-line px-4 py-1.5 text-xs text-ink-muted">
          {data.rows.length} of {data.rowsTotal} rows are shown, {left} are hidden.
        </p>
      )}
      <QueryNotes warnings={data.warnings} infos={data.infos} />
    </>
  );
}
