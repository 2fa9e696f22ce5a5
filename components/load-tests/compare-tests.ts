import type { LoadTest } from '#server/load-tests/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger, NOTHING } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { servedRatio, totalOf } from './outcomes.ts';

export interface ComparedRow {
  label: string;
  shown: string;
  other: string;
  /** From the other to the shown one. */
  change: string;
  /** Null where neither is better. */
  isBetter: boolean | null;
}

type Measured = NonNullable<LoadTest['summary']>;
/** Changes within that are the noise of any two runs. */
const NOISE_RATIO = 0.1;

/** Two tests side by side, with what became better or worse. */
export function compareTests(shown: Measured, other: Measured): ComparedRow[] {
  return [
    ratioRow('Served', servedRatio(shown.counts), servedRatio(other.counts)),
    row('Requests', perSecond(shown), perSecond(other), formatRate, 'more'),
    row('Refused by limits', shown.counts.limited, other.counts.limited, formatInteger, 'less'),
    row('Refused by breakers', shown.counts.breaker, other.counts.breaker, formatInteger, 'less'),
    row('Failed', shown.counts.failed, other.counts.failed, formatInteger, 'less'),
    row('Unanswered', shown.counts.unanswered, other.counts.unanswered, formatInteger, 'less'),
    row('p50 waited', shown.waited.p50Ms, other.waited.p50Ms, formatDuration, 'less'),
    row('p95 waited', shown.waited.p95Ms, other.waited.p95Ms, formatDuration, 'less'),
    row('p99 waited', shown.waited.p99Ms, other.waited.p99Ms, formatDuration, 'less'),
    ...shown.routes.map(({ route, p95Ms }) => {
      const same = other.routes.find((own) => own.route === route);
      return row(`p95 of ${route}`, p95Ms, same?.p95Ms ?? null, formatDuration, 'less');
    }),
  ];
}

function row(
  label: string,
  shown: number | null,
  other: number | null,
  format: (value: number | null) => string,
  better: 'more' | 'less',
): ComparedRow {
  const texts = { label, shown: format(shown), other: format(other) };
  if (shown === null || other === null || shown === other) return { ...texts, change: NOTHING, isBetter: null };
  const change =
    other === 0 ? `${format(shown)} more` : `${shown > other ? '+' : '−'}${formatRatio(Math.abs(shown / other - 1))}`;
  const isNoise = other !== 0 && Math.abs(shown / other - 1) < NOISE_RATIO;
  return { ...texts, change, isBetter: isNoise ? null : shown > other === (better === 'more') };
}

/** The change of a share is told in points: 90 % to 99 % is nine of them. */
function ratioRow(label: string, shown: number | null, other: number | null): ComparedRow {
  const texts = { label, shown: formatRatio(shown), other: formatRatio(other) };
  if (shown === null || other === null || shown === other) return { ...texts, change: NOTHING, isBetter: null };
  const points = formatRatio(Math.abs(shown - other)).replace('%', 'points');
  return { ...texts, change: `${shown > other ? '+' : '−'}${points}`, isBetter: shown > other };
}

function perSecond({ counts, elapsedS }: Measured): number | null {
  return elapsedS > 0 ? totalOf(counts) / elapsedS : null;
}
