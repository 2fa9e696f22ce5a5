'use client';

import type { HealthReport } from '#server/slos/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { summariseHealth } from './summarise-health.ts';

/** The answer of the health page in words, and when it was true. */
export function HealthLead({ report }: { report: HealthReport }) {
  const [verdict, ...details] = summariseHealth(report.objectives);
  return (
    <>
      <p className="text-md text-ink">{verdict}</p>
      {details.length > 0 && <p>{details.join(' ')}</p>}
      <p className="text-xs text-ink-faint">
        As of <Moment ms={report.atMs} />
      </p>
    </>
  );
}
