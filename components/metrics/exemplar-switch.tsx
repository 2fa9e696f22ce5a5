'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { Diamond } from 'lucide-react';
import type { ExemplarsData } from '#server/metrics/schema.ts';
import { Button } from '#components/ui/button.tsx';

interface ExemplarSwitchProps {
  on: boolean;
  query: Pick<UseQueryResult<ExemplarsData>, 'data' | 'isError' | 'isPending'>;
  onChange: (on: boolean) => void;
}

/** Shows single requests on the graph; off until somebody wants them. */
export function ExemplarSwitch({ on, query, onChange }: ExemplarSwitchProps) {
  return (
    <div className="flex items-center gap-2 px-3 pt-1.5 text-xs text-ink-faint">
      <Button
        variant="ghost"
        aria-pressed={on}
        title="Single requests, each with its trace"
        onClick={() => onChange(!on)}
      >
        <Diamond size={12} aria-hidden className={on ? 'text-accent' : undefined} /> Exemplars
      </Button>
      {on && <span role="status">{describe(query)}</span>}
    </div>
  );
}

function describe({ data, isError, isPending }: ExemplarSwitchProps['query']): string {
  if (isError) return 'They could not be read; the graph is right without them.';
  if (isPending || !data) return '';
  if (data.exemplars.length === 0) return 'None in this time. Senders attach them to the buckets of histograms.';
  const where = data.isOnScale ? '' : ' On the time axis, for their values are on another scale.';
  return `${data.exemplars.length}, each leads to its trace.${where}`;
}
