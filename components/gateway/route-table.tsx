'use client';

import { useRef } from 'react';
import type { RouteInForce } from '#server/gateway/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { describeKept } from './describe-gateway.ts';
import { Instead } from './instead.tsx';

interface RouteTableProps {
  routes: readonly RouteInForce[];
  isOperable: boolean;
  onChange: (segment: string) => void;
}

/** Where each path leads, how long its answers are kept and whether anybody is let in; what was changed stands against what it was. */
export function RouteTable({ routes, isOperable, onChange }: RouteTableProps) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Path</Th>
          <Th className="max-md:hidden">Service</Th>
          <Th className="max-md:hidden">Answers kept</Th>
          <Th className="w-full max-md:hidden">Requests</Th>
          <Th>
            <span className="sr-only">Change</span>
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {routes.map(({ segment, upstream, cacheTtlMs, switchedOff, environment }) => {
          const off = switchedOff && (
            <>
              <Badge tone="warn">switched off</Badge>{' '}
              <span className="break-words text-ink-muted">
                {switchedOff.reason}, {switchedOff.by}, <Moment ms={switchedOff.sinceMs} show="relative" />
              </span>
            </>
          );
          return (
            <Tr key={segment}>
              <Td className="max-md:w-full">
                <span className="font-mono text-xs text-ink">/api/{segment}</span>
                {/* A phone has no room for columns. */}
                <span className="block text-xs text-ink-muted md:hidden">
                  to {upstream}
                  {cacheTtlMs > 0 && `, answers kept ${describeKept(cacheTtlMs)}`}
                </span>
                {off && <span className="block py-1 text-xs md:hidden">{off}</span>}
              </Td>
              <Td className="whitespace-nowrap max-md:hidden">
                {upstream}
                <Instead of={environment.upstream} than={upstream} />
              </Td>
              <Td className="whitespace-nowrap tabular-nums max-md:hidden">
                {describeKept(cacheTtlMs)}
                <Instead of={describeKept(environment.cacheTtlMs)} than={describeKept(cacheTtlMs)} />
              </Td>
              <Td className="max-md:hidden">{off ?? <span className="text-ink-muted">let in</span>}</Td>
              <Td className="text-right">
                {isOperable && (
                  <Button
                    size="sm"
                    data-row
                    aria-label={`Change /api/${segment}`}
                    aria-haspopup="dialog"
                    onClick={() => onChange(segment)}
                  >
                    Change
                  </Button>
                )}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
