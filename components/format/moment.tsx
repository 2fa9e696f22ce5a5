'use client';

import { useNow } from '#components/live/clock.tsx';
import { formatMoment, formatRelative, formatUtc } from './time.ts';
import { useZone } from './zone.ts';

interface MomentProps {
  ms: number;
  /** `both` reads "03:12:45 · 5 min ago"; in a table on a phone there is room for the first half. */
  show?: 'absolute' | 'relative' | 'both';
  className?: string;
}

/** A point in time in the viewer's zone, with UTC on hover. */
export function Moment({ ms, show = 'absolute', className }: MomentProps) {
  const zone = useZone();
  const nowMs = useNow(show === 'absolute' ? 60_000 : 1000);
  const absolute = formatMoment(ms, { zone, nowMs });
  const relative = formatRelative(ms, nowMs);
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatUtc(ms)} className={className}>
      {show === 'relative' ? relative : absolute}
      {show === 'both' && <span className="text-ink-faint in-[td]:max-md:hidden"> · {relative}</span>}
    </time>
  );
}
