'use client';

import { useRef } from 'react';
import type { HealthReport } from '#server/slos/schema.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { SloRow } from './slo-row.tsx';
import { SLO_ORDER } from './slo-state.ts';

interface SloListProps {
  report: HealthReport;
  /** Left out for readers without the console. */
  onEdit?: (id: string) => void;
}

/** The objectives, worst first. */
export function SloList({ report, onEdit }: SloListProps) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  const sorted = report.objectives.toSorted(
    (a, b) => SLO_ORDER.indexOf(a.status) - SLO_ORDER.indexOf(b.status) || a.service.localeCompare(b.service),
  );
  return (
    <ul ref={list}>
      {sorted.map((slo) => (
        <SloRow key={slo.id} slo={slo} {...(onEdit && { onEdit: () => onEdit(slo.id) })} />
      ))}
    </ul>
  );
}
