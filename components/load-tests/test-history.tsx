'use client';

import { useRef } from 'react';
import type { LoadTestLine } from '#server/load-tests/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Button } from '#components/ui/button.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { RunTime } from './run-time.tsx';
import { TestBadge } from './test-badge.tsx';
import { describeTest } from './test-report.tsx';

interface TestHistoryProps {
  tests: readonly LoadTestLine[];
  shown: string | null;
  compared: string | null;
  onShow: (id: string) => void;
  onCompare: (id: string | null) => void;
}

/** The tests there were, newest first: one is shown, another may be held against it. */
export function TestHistory({ tests, shown, compared, onShow, onCompare }: TestHistoryProps) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Started</Th>
          <Th>Verdict</Th>
          <Th className="max-md:hidden">Load</Th>
          <Th numeric>Served</Th>
          <Th numeric className="max-md:hidden">
            Rate
          </Th>
          <Th numeric className="max-md:hidden">
            p95
          </Th>
          <Th className="max-lg:hidden">By</Th>
          <Th>
            <span className="sr-only">Compare</span>
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {tests.map((test) => (
          <Tr key={test.id} selected={test.id === shown}>
            <Td className="whitespace-nowrap">
              <RunTime ms={test.startedMs} isShown={test.id === shown} onShow={() => onShow(test.id)} />
            </Td>
            <Td>
              <TestBadge status={test.status} />
            </Td>
            <Td className="whitespace-nowrap max-md:hidden">{describeTest(test)}</Td>
            <Td numeric>{formatRatio(test.successRatio)}</Td>
            <Td numeric className="max-md:hidden">
              {formatRate(test.requestsPerS)}
            </Td>
            <Td numeric className="max-md:hidden">
              {formatDuration(test.p95Ms)}
            </Td>
            <Td className="whitespace-nowrap text-ink-muted max-lg:hidden">{test.actor}</Td>
            <Td className="text-right">
              {test.id !== shown && test.status !== 'running' && (
                <Button
                  size="sm"
                  variant={test.id === compared ? 'secondary' : 'ghost'}
                  aria-pressed={test.id === compared}
                  onClick={() => onCompare(test.id === compared ? null : test.id)}
                >
                  {test.id === compared ? 'Compared' : 'Compare'}
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
