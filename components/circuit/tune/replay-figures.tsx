import type { CircuitReplay, ReplayedCircuit } from '#server/circuits/replay/schema.ts';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

interface Figure {
  label: string;
  real?: (replay: CircuitReplay) => number;
  of: (replayed: ReplayedCircuit) => number;
}

const FIGURES: readonly Figure[] = [
  { label: 'Opened', real: ({ real }) => real.opened, of: ({ opened }) => opened },
  { label: 'Calls refused', real: ({ real }) => real.refused, of: ({ refused }) => sumOf(refused) },
  { label: 'of them good', of: ({ refused }) => refused.good },
  { label: 'of them failing, saved', of: ({ refused }) => refused.failing },
  { label: 'of them unknown', of: ({ refused }) => refused.unknown },
  { label: 'Failing calls let through', of: ({ passed }) => passed.failing },
  { label: 'Good calls ended by the timeout', of: ({ cut }) => cut },
];

/** What happened and what would have, side by side. */
export function ReplayFigures({ replay, hasCandidate }: { replay: CircuitReplay; hasCandidate: boolean }) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>
            <span className="sr-only">Figure</span>
          </Th>
          <Th numeric>Really</Th>
          <Th numeric>In force, replayed</Th>
          {hasCandidate && <Th numeric>These settings</Th>}
        </tr>
      </Thead>
      <Tbody>
        {FIGURES.map(({ label, real, of }) => (
          <Tr key={label}>
            <Td>{label.startsWith('of them') ? <span className="pl-4 text-ink-muted">{label}</span> : label}</Td>
            <Td numeric>{real ? formatInteger(real(replay)) : NOTHING}</Td>
            <Td numeric>{formatInteger(of(replay.inForce))}</Td>
            {hasCandidate && (
              <Td numeric className="font-medium text-ink">
                {formatInteger(of(replay.candidate))}
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function sumOf({ good, failing, unknown }: ReplayedCircuit['refused']): number {
  return good + failing + unknown;
}
