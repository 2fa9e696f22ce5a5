'use client';

import type { Circuit } from '#server/circuits/schema.ts';
import type { Alert } from '#server/rules/schema.ts';
import type { Topology } from '#server/topology/schema.ts';
import { useZone } from '#components/format/zone.ts';
import type { QueryLike } from '#components/ui/query-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { summarise } from './summarise.ts';

interface HeadlineProps {
  topology: QueryLike<Topology>;
  circuits: QueryLike<Circuit[]>;
  alerts: QueryLike<Alert[]>;
}

const WORD = { ok: 'All right', warn: 'Attention', critical: 'Trouble', neutral: 'No data' } as const;

/** The page's answer in a sentence. What is not known yet is left out, never guessed. */
export function Headline({ topology, circuits, alerts }: HeadlineProps) {
  const zone = useZone();
  if (!topology.data && !circuits.data) {
    return (
      <header className="mb-5 flex min-h-[54px] flex-col justify-center gap-2">
        <h1 className="sr-only">Overview</h1>
        {topology.error ? (
          <p className="text-xl font-semibold">How the fleet is cannot be told right now.</p>
        ) : (
          <>
            <Skeleton className="h-5 w-80" />
            <Skeleton className="h-3 w-56" />
          </>
        )}
      </header>
    );
  }
  const summary = summarise({
    topology: topology.data,
    circuits: circuits.data ?? [],
    alerts: alerts.data ?? [],
    zone,
  });
  return (
    <header className="mb-5 flex min-h-[54px] gap-3">
      <StatusGlyph tone={summary.tone} label={WORD[summary.tone]} size={20} className="mt-[5px]" />
      <div className="min-w-0" aria-live="polite">
        <h1 className="text-xl font-semibold tracking-[-0.012em] text-ink text-pretty">{summary.headline}</h1>
        <p className="mt-0.5 max-w-[110ch] text-ink-muted text-pretty">
          {[...summary.details, summary.traffic].filter(Boolean).join(' ')}
        </p>
      </div>
    </header>
  );
}
