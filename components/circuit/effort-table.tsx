import type { EdgeEffort, Efforts } from '#server/circuits/efforts/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Meter } from '#components/ui/meter.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';

/** Who makes whom work more than once, or for nothing; the costliest first. */
export function EffortTable({ edges, retryBudget }: Pick<Efforts, 'edges' | 'retryBudget'>) {
  return (
    <Table>
      <Thead>
        <tr>
          <Th>Caller and callee</Th>
          <Th numeric className="max-md:hidden">
            Requests
          </Th>
          <Th numeric title="Tries that were sent for each request">
            Tries each
          </Th>
          <Th title={`Retries to requests; the budget is ${formatRatio(retryBudget)}`}>Retries</Th>
          <Th numeric className="max-md:hidden" title="Tries that nobody waited for to the end">
            Given up
          </Th>
          <Th numeric title="Work that the callee went on with when nobody waited any more">
            For nothing
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {edges.map((edge) => (
          <Tr key={`${edge.caller} ${edge.callee}`}>
            <Td>
              <span className="text-ink-faint">{edge.caller} → </span>
              {edge.callee}
            </Td>
            <Td numeric className="max-md:hidden">
              {formatInteger(edge.requests)}
            </Td>
            <Td numeric>{edge.attemptsPerRequest === null ? NOTHING : edge.attemptsPerRequest.toFixed(2)}</Td>
            <Td>
              <Budget edge={edge} budget={retryBudget} />
            </Td>
            <Td numeric className="max-md:hidden">
              {formatInteger(edge.givenUp)}
            </Td>
            <Td numeric>
              {edge.wasted === 0 ? '0' : `${formatInteger(edge.wasted)}, ${formatDuration(edge.wastedMs)}`}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Budget({ edge: { retryRatio, retries, healing }, budget }: { edge: EdgeEffort; budget: number }) {
  if (retryRatio === null) return NOTHING;
  const used = retryRatio / budget;
  const tone = used >= 1 ? 'critical' : used >= 0.6 ? 'warn' : 'neutral';
  return (
    <span
      className="inline-flex items-center gap-2 whitespace-nowrap align-middle"
      title={`${formatInteger(retries)} retries, ${formatInteger(healing)} of them answered well`}
    >
      <Meter value={used} tone={tone} label={`${formatRatio(used)} of the retry budget`} className="max-md:hidden" />
      <span className={tone === 'critical' ? 'text-critical' : undefined}>
        {formatRatio(retryRatio)}
        {tone === 'critical' && ' over budget'}
      </span>
    </span>
  );
}
