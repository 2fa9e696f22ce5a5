'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { SAMPLE_NOW_MS, SAMPLE_ROWS } from './sample-data.ts';

type Rows = typeof SAMPLE_ROWS;

const SETTLED = { error: null, isPending: false, dataUpdatedAt: SAMPLE_NOW_MS, refetch: () => undefined };
const AWAY = { message: 'The telemetry store does not answer. Is the engine running?' };
const QUERIES: { title: string; query: QueryLike<Rows> }[] = [
  { title: 'Loading', query: { ...SETTLED, data: undefined, isPending: true } },
  { title: 'Empty', query: { ...SETTLED, data: [] } },
  { title: 'Failed', query: { ...SETTLED, data: undefined, error: AWAY } },
  { title: 'Stale', query: { ...SETTLED, data: SAMPLE_ROWS, error: AWAY } },
  { title: 'With data', query: { ...SETTLED, data: SAMPLE_ROWS } },
];

/** One panel in each of the five states that it can be in. */
export function States() {
  return (
    <div className="flex flex-col gap-4">
      {QUERIES.map(({ title, query }) => (
        <Panel key={title} title={title} note="a note" actions={<Button size="sm">Action</Button>}>
          <QueryState
            query={query}
            what="The services"
            loading={<SkeletonRows rows={3} />}
            isEmpty={(rows) => rows.length === 0}
            empty={<Empty title="No service was seen">Choose a longer time, or send spans by OTLP.</Empty>}
          >
            {(rows) => <SampleTable rows={rows} />}
          </QueryState>
        </Panel>
      ))}
    </div>
  );
}

function SampleTable({ rows }: { rows: Rows }) {
  const [direction, setDirection] = useState<'asc' | 'desc'>('asc');
  const sorted = direction === 'asc' ? rows : rows.toReversed();
  return (
    <Table>
      <Thead>
        <tr>
          <Th sort={direction} onSort={() => setDirection(direction === 'asc' ? 'desc' : 'asc')}>
            Service
          </Th>
          <Th numeric>Rate</Th>
          <Th numeric>p95</Th>
        </tr>
      </Thead>
      <Tbody>
        {sorted.map(({ name, rate, p95, selected }) => (
          <Tr key={name} selected={selected}>
            <Td>{name}</Td>
            <Td numeric>{rate}</Td>
            <Td numeric>{p95}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
