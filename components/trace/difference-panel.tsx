'use client';

import { X } from 'lucide-react';
import { useRef } from 'react';
import type { SelectionExplained, TraceSelection } from '#server/traces/schema.ts';
import { formatInteger } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { differenceFilter, differenceName, type FilterChange } from './difference-filter.ts';
import { describeSelection } from './selection.ts';
import { ShareBars } from './share-bars.tsx';
import type { TraceFilters } from './trace-filters.ts';

interface DifferencePanelProps {
  selection: TraceSelection;
  query: QueryLike<SelectionExplained>;
  filters: TraceFilters;
  onFilter: (change: FilterChange) => void;
  /** Searches for the selection itself. */
  onNarrow: () => void;
  onClose: () => void;
}

/** What is different about some traces: values by how much more, or less, often they occur there than in the rest. */
export function DifferencePanel({ selection, query, filters, onFilter, onNarrow, onClose }: DifferencePanelProps) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const { data } = query;
  return (
    <Panel
      title="What is different"
      note={
        <>
          about {describeSelection(selection)}
          {data &&
            `: ${data.isSample ? 'a sample of ' : ''}${formatInteger(data.selected)} against ${formatInteger(data.others)} others`}
        </>
      }
      actions={
        <>
          <Button onClick={onNarrow}>Search only these</Button>
          <Button variant="ghost" size="icon" aria-label="Close what is different" onClick={onClose}>
            <X size={15} aria-hidden />
          </Button>
        </>
      }
    >
      <QueryState
        query={query}
        what="The comparison"
        loading={<SkeletonRows rows={6} />}
        isEmpty={({ differences }) => differences.length === 0}
        empty={<Nothing data={data} />}
      >
        {({ differences }) => (
          <div ref={list} className="max-h-[420px] overflow-y-auto">
            <Table>
              <Thead>
                <tr>
                  <Th>Value</Th>
                  <Th>In these, in the others</Th>
                  <Th numeric>Difference</Th>
                </tr>
              </Thead>
              <Tbody>
                {differences.map((difference) => {
                  const { name, value } = differenceName(difference);
                  const { selectedShare, othersShare } = difference;
                  const change = differenceFilter(filters, difference);
                  return (
                    <Tr key={`${difference.field}\n${difference.key}\n${difference.value}`}>
                      <Td className="max-w-[420px] max-md:max-w-[44vw]">
                        <button
                          type="button"
                          data-row
                          disabled={!change}
                          title={change ? `Only traces with ${name} = ${value}` : 'The search asks for it already'}
                          onClick={() => change && onFilter(change)}
                          className="block w-full truncate rounded-sm text-left enabled:hover:text-accent disabled:text-ink-faint"
                        >
                          <span className="text-xs text-ink-faint">{name}</span>{' '}
                          <code className="text-xs">{value}</code>
                        </button>
                      </Td>
                      <Td>
                        <ShareBars selected={selectedShare} others={othersShare} />
                      </Td>
                      <Td numeric>
                        {selectedShare > othersShare ? '+' : '−'}
                        {points(Math.abs(selectedShare - othersShare))}
                      </Td>
                    </Tr>
                  );
                })}
              </Tbody>
            </Table>
          </div>
        )}
      </QueryState>
    </Panel>
  );
}

function Nothing({ data }: { data: SelectionExplained | undefined }) {
  if (data && data.selected === 0)
    return <Empty title="No trace is among these">Mark another part of the heat map, or loosen the filters.</Empty>;
  if (data && data.others === 0)
    return <Empty title="There are no others">All traces of the search are among these. Mark fewer of them.</Empty>;
  return (
    <Empty title="Nothing sets them apart">
      No service, operation or attribute is more frequent in these than in the others.
    </Empty>
  );
}

function points(share: number): string {
  return formatRatio(share).replace('%', 'pp');
}
