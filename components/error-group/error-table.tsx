'use client';

import { useRef } from 'react';
import { Sparkline } from '#components/chart/sparkline.tsx';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { errorName } from './error-name.ts';
import type { DatedGroup } from './merge-first-seen.ts';

export type ErrorSort = 'count' | 'last' | 'first';

interface ErrorTableProps {
  groups: readonly DatedGroup[];
  selected: string | null;
  sort: ErrorSort;
  onSort: (sort: ErrorSort) => void;
  onSelect: (fingerprint: string) => void;
}

/** Kinds of failure, one a row; a row opens its occurrences. */
export function ErrorTable({ groups, selected, sort, onSort, onSelect }: ErrorTableProps) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  const sorted = (by: ErrorSort) => (sort === by ? ('desc' as const) : null);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Error</Th>
          <Th sort={sorted('count')} onSort={() => onSort('count')} numeric>
            Count
          </Th>
          <Th className="max-md:hidden">Over time</Th>
          <Th sort={sorted('last')} onSort={() => onSort('last')}>
            Last seen
          </Th>
          <Th sort={sorted('first')} onSort={() => onSort('first')} className="max-lg:hidden">
            First seen
          </Th>
          <Th className="max-2xl:hidden">Release</Th>
          <Th className="max-md:hidden">Trace</Th>
        </tr>
      </Thead>
      <Tbody>
        {groups.map((group) => (
          <Tr key={group.fingerprint} selected={group.fingerprint === selected}>
            <Td className="w-full max-w-0 min-w-36 py-1.5">
              <span className="flex items-center gap-2">
                <button
                  type="button"
                  data-row
                  aria-haspopup="dialog"
                  title={errorName(group)}
                  onClick={() => onSelect(group.fingerprint)}
                  className="min-w-0 truncate rounded-sm text-left hover:text-accent"
                >
                  {group.type && <span className="mr-1.5 font-medium">{group.type}</span>}
                  {group.message || (!group.type && errorName(group))}
                </button>
                {group.isNew && (
                  <Badge tone="accent" title="Never seen before this time">
                    new
                  </Badge>
                )}
              </span>
              <span className="block truncate text-xs text-ink-faint">
                {group.service}
                {group.operation && ` · ${group.operation}`}
                {group.source === 'log' && ' · logged'}
              </span>
            </Td>
            <Td numeric className="font-medium">
              {formatInteger(group.count)}
            </Td>
            <Td className="max-md:hidden">
              <Sparkline
                values={group.trend}
                label={`at most ${formatInteger(Math.max(0, ...group.trend))} in one of ${group.trend.length} steps`}
                className="text-critical!"
              />
            </Td>
            <Td className="whitespace-nowrap text-ink-muted">
              <Moment ms={group.lastMs} show="both" />
            </Td>
            <Td className="whitespace-nowrap text-ink-muted max-lg:hidden">
              <Moment ms={group.firstMs} show="relative" />
            </Td>
            <Td className="max-w-40 truncate text-xs text-ink-muted max-2xl:hidden" title={group.release}>
              {group.release || NOTHING}
              {group.releases > 1 && <span className="text-ink-faint"> and {group.releases - 1} more</span>}
            </Td>
            <Td className="whitespace-nowrap text-xs max-md:hidden">
              {group.traceIds[0] ? (
                <TextLink
                  href={`/traces/${group.traceIds[0]}`}
                  prefetch={false}
                  title={group.traceIds[0]}
                  aria-label={`Trace ${group.traceIds[0].slice(0, 8)}`}
                  className="text-ink-muted"
                >
                  <code>{group.traceIds[0].slice(0, 8)}</code>
                </TextLink>
              ) : (
                <span className="text-ink-faint">{NOTHING}</span>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
