import type { ReactNode } from 'react';
import type { Refusals } from '#server/limits/schema.ts';
import { formatInteger } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

export interface RefusalRow extends Refusals {
  key: string;
  label: ReactNode;
  requests: number;
}

interface RefusalTableProps {
  /** What a row is: "Route". */
  what: string;
  rows: readonly RefusalRow[];
  hasCandidate: boolean;
}

/** Requests refused, as it was and as it would have been, a row each. */
export function RefusalTable({ what, rows, hasCandidate }: RefusalTableProps) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>{what}</Th>
          <Th numeric className="max-md:hidden">
            Requests
          </Th>
          <Th numeric>Refused</Th>
          <Th numeric className="max-md:hidden">
            In force, replayed
          </Th>
          {hasCandidate && <Th numeric>These limits</Th>}
        </tr>
      </Thead>
      <Tbody>
        {rows.map(({ key, label, requests, really, inForce, candidate }) => (
          <Tr key={key}>
            <Td className="break-all">{label}</Td>
            <Td numeric className="max-md:hidden">
              {formatInteger(requests)}
            </Td>
            <Td numeric>{formatInteger(really)}</Td>
            <Td numeric className="max-md:hidden">
              {formatInteger(inForce)}
            </Td>
            {hasCandidate && (
              <Td numeric className="font-medium text-ink">
                {formatInteger(candidate)}
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
