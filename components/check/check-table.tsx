'use client';

import { clsx } from 'clsx';
import { useRef } from 'react';
import type { Check } from '#server/integrity/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { CheckBadge } from './check-badge.tsx';
import { HistoryStrip } from './history-strip.tsx';

/** Every check with what it found last. */
export function CheckTable({ checks }: { checks: readonly Check[] }) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Check</Th>
          <Th>Result</Th>
          <Th numeric>Rows</Th>
          <Th numeric className="max-md:hidden">
            New
          </Th>
          <Th className="max-md:hidden">Last 30 runs</Th>
          <Th className="max-md:hidden">Severity</Th>
          <Th className="max-lg:hidden">Owner</Th>
          <Th className="max-md:hidden">Last run</Th>
          <Th className="max-lg:hidden">Next run</Th>
        </tr>
      </Thead>
      <Tbody>
        {checks.map((check) => (
          <CheckRow key={check.name} check={check} />
        ))}
      </Tbody>
    </Table>
  );
}

function CheckRow({ check }: { check: Check }) {
  const { lastRun } = check;
  const found = lastRun && lastRun.status !== 'failed' ? lastRun : null;
  return (
    <Tr>
      <Td className="min-w-36 max-w-96">
        <TextLink data-row href={`/integrity/${check.name}`} title={check.description} className="font-medium">
          {check.title}
        </TextLink>
        {lastRun?.error && (
          <p className="truncate text-xs text-ink-muted" title={lastRun.error}>
            {lastRun.error}
          </p>
        )}
      </Td>
      <Td>
        <CheckBadge status={check.status} severity={check.severity} />
      </Td>
      <Td numeric className={found?.violations ? 'font-medium text-ink' : 'text-ink-faint'}>
        {found ? formatInteger(found.violations) : NOTHING}
      </Td>
      <Td
        numeric
        className={clsx('max-md:hidden', found?.newViolations ? 'font-medium text-critical' : 'text-ink-faint')}
      >
        {found ? formatInteger(found.newViolations) : NOTHING}
      </Td>
      <Td className="max-md:hidden">
        <HistoryStrip history={check.history} severity={check.severity} />
      </Td>
      <Td className="text-ink-muted max-md:hidden">{check.severity}</Td>
      <Td className="whitespace-nowrap text-ink-muted max-lg:hidden">{check.owner}</Td>
      <Td className="whitespace-nowrap text-ink-muted max-md:hidden">
        {lastRun ? <Moment ms={lastRun.startedMs} show="relative" /> : NOTHING}
      </Td>
      <Td className="whitespace-nowrap text-ink-muted max-lg:hidden" title={`Schedule: ${check.schedule}`}>
        {check.running ? 'running' : check.nextRunMs ? <Moment ms={check.nextRunMs} show="relative" /> : NOTHING}
      </Td>
    </Tr>
  );
}
