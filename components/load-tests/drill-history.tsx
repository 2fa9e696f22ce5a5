'use client';

import { useRef } from 'react';
import type { DrillLine } from '#server/drills/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { NOTHING } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { RunTime } from './run-time.tsx';
import { TestBadge } from './test-badge.tsx';

interface DrillHistoryProps {
  drills: readonly DrillLine[];
  shown: string | null;
  onShow: (id: string) => void;
}

/** The drills there were, newest first: the proof that somebody tried. */
export function DrillHistory({ drills, shown, onShow }: DrillHistoryProps) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Started</Th>
          <Th>Drill</Th>
          <Th>Outcome</Th>
          <Th numeric className="max-md:hidden">
            Questions
          </Th>
          <Th numeric className="max-md:hidden">
            Fault
          </Th>
          <Th numeric className="max-md:hidden">
            Shoppers
          </Th>
          <Th className="max-lg:hidden">By</Th>
        </tr>
      </Thead>
      <Tbody>
        {drills.map((drill) => (
          <Tr key={drill.id} selected={drill.id === shown}>
            <Td className="whitespace-nowrap">
              <RunTime ms={drill.startedMs} isShown={drill.id === shown} onShow={() => onShow(drill.id)} />
            </Td>
            <Td>{drill.title}</Td>
            <Td>
              <TestBadge status={drill.status} />
            </Td>
            <Td numeric className="max-md:hidden">
              {drill.asked > 0 ? `${drill.passed} of ${drill.asked}` : NOTHING}
            </Td>
            <Td numeric className="max-md:hidden">
              {formatSpan(drill.faultSeconds * 1_000)}
            </Td>
            <Td numeric className="max-md:hidden">
              {drill.workers}
            </Td>
            <Td className="whitespace-nowrap text-ink-muted max-lg:hidden">{drill.actor}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
