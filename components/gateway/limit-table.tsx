import type { LimitInForce } from '#server/gateway/schema.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { describeTier } from '#components/circuit/limits/describe-limits.ts';
import { Instead } from './instead.tsx';

/** What one client may send. */
export function LimitTable({ limits }: { limits: readonly LimitInForce[] }) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Limit</Th>
          <Th>In force</Th>
          <Th className="max-md:hidden">Counts</Th>
        </tr>
      </Thead>
      <Tbody>
        {limits.map(({ name, environment, ...limit }) => (
          <Tr key={name}>
            <Td className="font-medium text-ink">{name}</Td>
            <Td className="whitespace-nowrap tabular-nums">
              {describeTier(limit)}
              <Instead of={describeTier(environment)} than={describeTier(limit)} />
            </Td>
            <Td className="text-ink-muted max-md:hidden">
              {name === 'login' ? 'tries to log in, of a client and account' : 'requests of a client'}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
