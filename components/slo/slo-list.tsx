'use client';

import { useRef } from 'react';
import type { Incident } from '#server/incidents/schema.ts';
import type { HealthReport } from '#server/slos/schema.ts';
import { incidentDays } from '#components/incident/describe-incident.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { SloRow } from './slo-row.tsx';
import { SLO_ORDER } from './slo-state.ts';

interface SloListProps {
  report: HealthReport;
  /** What the days lead to; empty while it is not known. */
  incidents: readonly Incident[];
  /** Left out for readers without the console. */
  onEdit?: (id: string) => void;
}

/** The objectives, worst first. */
export function SloList({ report, incidents, onEdit }: SloListProps) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  const sorted = report.objectives.toSorted(
    (a, b) => SLO_ORDER.indexOf(a.status) - SLO_ORDER.indexOf(b.status) || a.service.localeCompare(b.service),
  );
  return (
    <ul ref={list}>
      {sorted.map((slo) => (
        <SloRow
          key={slo.id}
          slo={slo}
          incidentDays={incidentDays(incidents, slo.service, report.atMs)}
          {...(onEdit && { onEdit: () => onEdit(slo.id) })}
        />
      ))}
    </ul>
  );
}
