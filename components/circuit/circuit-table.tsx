'use client';

import { Fragment, useRef } from 'react';
import type { Circuit, CircuitInstance } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { NOTHING } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { errorTone } from '#components/diagram/traffic.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { CircuitBadge } from './circuit-badge.tsx';
import { circuitId } from './circuit-href.ts';
import { FailureMeter } from './failure-meter.tsx';
import { NextAttempt } from './next-attempt.tsx';
import { worstInstance } from './worst-instance.ts';

interface CircuitTableProps {
  circuits: readonly Circuit[];
  selected: string | null;
  onSelect: (circuit: Circuit) => void;
}

/** Every breaker in a row, and one under it for each instance where there are several. */
export function CircuitTable({ circuits, selected, onSelect }: CircuitTableProps) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          <Th>Breaker</Th>
          <Th>State</Th>
          <Th>Since</Th>
          <Th>Why</Th>
          <Th>Failures</Th>
          <Th numeric>Calls</Th>
          <Th numeric>Failed</Th>
          <Th numeric>Refused</Th>
          <Th numeric>Next probe</Th>
        </tr>
      </Thead>
      <Tbody>
        {circuits.map((circuit) => {
          const id = circuitId(circuit);
          const worst = worstInstance(circuit);
          return (
            <Fragment key={id}>
              <Tr selected={id === selected}>
                <Td className="whitespace-nowrap">
                  <button
                    type="button"
                    data-row
                    aria-haspopup="dialog"
                    onClick={() => onSelect(circuit)}
                    className="rounded-sm text-left hover:text-accent"
                  >
                    <span className="text-ink-faint">{circuit.reporter} → </span>
                    <span className="font-medium">{circuit.name}</span>
                  </button>
                </Td>
                <Td>
                  <CircuitBadge state={circuit.state} />
                </Td>
                <Td className="whitespace-nowrap text-ink-muted">
                  <Moment ms={circuit.sinceMs} show="both" />
                </Td>
                <Td className="w-full max-w-0 min-w-36 truncate text-ink-muted" title={worst?.reason}>
                  {worst?.reason || NOTHING}
                </Td>
                <Td>{worst ? <FailureMeter instance={worst} /> : NOTHING}</Td>
                <Td numeric>{formatRate(circuit.callsPerS)}</Td>
                <Td numeric className={TONE_TEXT[errorTone(circuit.failureRatio)]}>
                  {formatRatio(circuit.failureRatio)}
                </Td>
                <Td numeric className={circuit.rejectedPerS > 0 ? 'text-critical' : 'text-ink-faint'}>
                  {formatRate(circuit.rejectedPerS)}
                </Td>
                <Td numeric>
                  {worst?.nextAttemptMs ? (
                    <NextAttempt ms={worst.nextAttemptMs} />
                  ) : (
                    <span className="text-ink-faint">{NOTHING}</span>
                  )}
                </Td>
              </Tr>
              {circuit.instances.length > 1 &&
                circuit.instances.map((instance) => <InstanceRow key={instance.instance} instance={instance} />)}
            </Fragment>
          );
        })}
      </Tbody>
    </Table>
  );
}

function InstanceRow({ instance }: { instance: CircuitInstance }) {
  return (
    <Tr>
      <Td className="whitespace-nowrap pl-9 text-ink-muted first:pl-9">
        <code>{instance.instance}</code>
      </Td>
      <Td>
        <CircuitBadge state={instance.state} />
      </Td>
      <Td className="whitespace-nowrap text-ink-muted">
        <Moment ms={instance.sinceMs} show="both" />
      </Td>
      <Td className="w-full max-w-0 min-w-36 truncate text-ink-muted" title={instance.reason}>
        {instance.reason || NOTHING}
      </Td>
      <Td>
        <FailureMeter instance={instance} />
      </Td>
      <Td colSpan={3} className="text-right text-xs text-ink-faint">
        heard <Moment ms={instance.lastSeenMs} show="relative" />
      </Td>
      <Td numeric>
        {instance.nextAttemptMs ? (
          <NextAttempt ms={instance.nextAttemptMs} />
        ) : (
          <span className="text-ink-faint">{NOTHING}</span>
        )}
      </Td>
    </Tr>
  );
}
