'use client';

import { useQuery } from '@tanstack/react-query';
import { callsForSomebody } from '#components/alert/calls-for-somebody.ts';
import { useTRPC } from '#components/trpc/context.ts';
import type { Tone } from '#components/ui/tone.ts';
import { navQueries } from './nav-queries.ts';

export interface NavCount {
  count: number;
  tone: Tone;
  /** "2 breakers not closed" */
  label: string;
}

/** What the navigation marks: breakers that are not closed and alerts that fire, by the href of their page. */
export function useNavCounts(): Record<string, NavCount> {
  const trpc = useTRPC();
  const queries = navQueries(trpc);
  const circuits = useQuery(queries.circuits);
  const alerts = useQuery(queries.alerts);
  const counts: Record<string, NavCount> = {};

  const unusual = circuits.data?.filter((circuit) => circuit.state !== 'closed') ?? [];
  if (unusual.length > 0) {
    const open = unusual.some((circuit) => circuit.state === 'open' || circuit.state === 'forced_open');
    const label = `${unusual.length} ${unusual.length === 1 ? 'breaker' : 'breakers'} not closed`;
    counts['/circuits'] = { count: unusual.length, tone: open ? 'critical' : 'half-open', label };
  }
  const firing = alerts.data?.filter(callsForSomebody) ?? [];
  if (firing.length > 0) {
    const critical = firing.some((alert) => alert.severity === 'critical');
    const label = `${firing.length} firing`;
    counts['/alerts'] = { count: firing.length, tone: critical ? 'critical' : 'warn', label };
  }
  return counts;
}
