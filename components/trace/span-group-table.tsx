'use client';

import { useMemo, useRef } from 'react';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Meter } from '#components/ui/meter.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { groupSpans, type GroupSort } from './group-spans.ts';
import type { SpanRow } from './order-spans.ts';

interface SpanGroupTableProps {
  rows: readonly SpanRow[];
  selfUs: readonly number[];
  colours: ReadonlyMap<string, string>;
  sort: GroupSort;
  onSort: (sort: GroupSort) => void;
  /** Finds the spans of a group in the waterfall. */
  onFind: (text: string) => void;
}

/** More is no summary; the waterfall has them all. */
const GROUPS_MAX = 200;
const COLUMNS: { sort: GroupSort; label: string; className?: string }[] = [
  { sort: 'spans', label: 'Spans' },
  { sort: 'errors', label: 'Failed' },
  { sort: 'total', label: 'Total', className: 'max-md:hidden' },
  { sort: 'longest', label: 'Longest', className: 'max-md:hidden' },
  { sort: 'self', label: 'Self' },
];

/** Operations with what their spans add up to. */
export function SpanGroupTable({ rows, selfUs, colours, sort, onSort, onFind }: SpanGroupTableProps) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const groups = useMemo(() => groupSpans(rows, selfUs, sort), [rows, selfUs, sort]);
  const wholeUs = useMemo(() => selfUs.reduce((sum, us) => sum + us, 0), [selfUs]);
  return (
    <div ref={list}>
      <Table>
        <Thead>
          <tr>
            <Th>Operation</Th>
            {COLUMNS.map((column) => (
              <Th
                key={column.sort}
                numeric
                className={column.className}
                sort={sort === column.sort ? 'desc' : null}
                onSort={() => onSort(column.sort)}
              >
                {column.label}
              </Th>
            ))}
          </tr>
        </Thead>
        <Tbody>
          {groups.slice(0, GROUPS_MAX).map((group) => (
            <Tr key={`${group.service}\n${group.operation}`}>
              <Td className="w-full max-w-0 min-w-28">
                <button
                  type="button"
                  data-row
                  title={`Find the spans of ${group.service}: ${group.operation}`}
                  onClick={() => onFind(`${group.service} ${group.operation}`)}
                  className="flex w-full items-center gap-2 rounded-sm text-left hover:text-accent"
                >
                  <svg aria-hidden width="4" height="14" className="shrink-0">
                    <rect width="4" height="14" rx="2" fill={colours.get(group.service)} />
                  </svg>
                  <span className="min-w-0 truncate">
                    <span className="font-medium">{group.service}</span>{' '}
                    <span className="text-ink-muted">{group.operation}</span>
                  </span>
                </button>
              </Td>
              <Td numeric>{formatInteger(group.spans)}</Td>
              <Td numeric>
                {group.errors > 0 ? (
                  <span className="text-critical">
                    <StatusGlyph tone="critical" size={12} className="mr-1.5 align-[-1.5px]" />
                    {formatInteger(group.errors)}
                  </span>
                ) : (
                  <span className="text-ink-faint">0</span>
                )}
              </Td>
              <Td numeric className="max-md:hidden">
                {formatDuration(group.totalUs / 1000)}
              </Td>
              <Td numeric className="max-md:hidden">
                {formatDuration(group.longestUs / 1000)}
              </Td>
              <Td numeric>
                <span className="flex items-center justify-end gap-3">
                  <Meter
                    value={wholeUs > 0 ? group.selfUs / wholeUs : 0}
                    label={`${formatRatio(wholeUs > 0 ? group.selfUs / wholeUs : 0)} of the busy time`}
                    className="max-md:hidden"
                  />
                  <span className="min-w-14">{formatDuration(group.selfUs / 1000)}</span>
                </span>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {groups.length > GROUPS_MAX && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-faint">
          The first {GROUPS_MAX} of {formatInteger(groups.length)} operations; sort to see others.
        </p>
      )}
    </div>
  );
}
