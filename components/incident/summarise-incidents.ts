import type { Incident } from '#server/incidents/schema.ts';
import { formatSpan } from '#components/format/duration.ts';

/** The means of some incidents in words: how soon they were over (MTTR), and how soon somebody said that they are on it (MTTA). */
export function summariseIncidents(
  incidents: readonly Pick<Incident, 'startMs' | 'endMs' | 'acknowledgedMs'>[],
): string {
  const recovered = incidents.flatMap(({ startMs, endMs }) => (endMs === null ? [] : [endMs - startMs]));
  const taken = incidents.flatMap(({ startMs, acknowledgedMs }) =>
    acknowledgedMs === null ? [] : [Math.max(0, acknowledgedMs - startMs)],
  );
  const over =
    recovered.length === 0 ? 'None is over yet.' : `Over after ${formatSpan(mean(recovered))} on average (MTTR).`;
  const all = taken.length === incidents.length;
  const onIt =
    taken.length === 0
      ? 'Nobody acknowledged an alert of theirs (MTTA).'
      : `Somebody was on it after ${formatSpan(mean(taken))} on average (MTTA${all ? '' : `, of the ${taken.length} of ${incidents.length} that were acknowledged`}).`;
  return `${over} ${onIt}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
