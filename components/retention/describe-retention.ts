import type { Held, RetentionPreview, RetentionReport, RetentionSignal } from '#server/retention/schema.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { formatInteger } from '#components/format/number.ts';

interface SignalWords {
  name: string;
  /** Within a sentence. */
  inText: string;
  /** What its rows are, in plural. */
  rows: string;
  note: string;
}

export const SIGNAL_WORDS: Readonly<Record<RetentionSignal, SignalWords>> = {
  traces: { name: 'Traces', inText: 'traces', rows: 'spans', note: 'every span, and search by attribute' },
  exemplars: {
    name: 'Exemplars',
    inText: 'exemplars',
    rows: 'exemplars',
    note: 'from a point of a chart to its trace',
  },
  logs: { name: 'Logs', inText: 'logs', rows: 'lines', note: 'every line' },
  metrics: { name: 'Metrics', inText: 'metrics', rows: 'samples', note: 'raw samples, as rules and PromQL read them' },
  rollup_1m: { name: 'Minutes', inText: 'minutes', rows: 'rows', note: 'requests, errors and durations by the minute' },
  rollup_1h: { name: 'Hours', inText: 'hours', rows: 'rows', note: 'the same by the hour: objectives, long windows' },
  circuits: { name: 'Breakers', inText: 'breakers', rows: 'transitions', note: 'every change of state' },
};

/** "7 days", "1 day". */
export function formatDays(days: number): string {
  return `${formatInteger(days)} ${days === 1 ? 'day' : 'days'}`;
}

/** What a new limit would delete, and what it would come to. */
export function describePreview(
  signal: RetentionSignal,
  days: number,
  preview: RetentionPreview,
  held: Held,
): string[] {
  const { deleted, bytesWhenFull, freeBytes } = preview;
  const { rows } = SIGNAL_WORDS[signal];
  const said =
    deleted.bytes > 0
      ? `Deletes ${formatInteger(deleted.rows)} of ${formatInteger(held.rows)} ${rows} (${formatBytes(deleted.bytes)}) within a minute, for good.`
      : 'Deletes nothing that is held now.';
  if (bytesWhenFull === null) return [said, 'What a day takes is not known yet: less than an hour is held.'];
  const more = bytesWhenFull - (held.bytes - deleted.bytes);
  const fits = more > freeBytes ? ` That is more than there is: ${formatBytes(freeBytes)} are free.` : '';
  return [
    said,
    `At ${formatBytes(bytesWhenFull / days)} a day it comes to ${formatBytes(bytesWhenFull)}.${more > 0 ? fits || ` ${formatBytes(freeBytes)} are free.` : ''}`,
  ];
}

/** What all that is kept takes a day, what it will come to, and whether the disk has that. */
export function describeRoom({ signals, freeBytes }: RetentionReport): { text: string; fits: boolean } {
  const held = signals.reduce((sum, each) => sum + each.held.bytes, 0);
  const have = `${formatBytes(held)} held, ${formatBytes(freeBytes)} free`;
  const used = signals.filter(({ held: { bytes } }) => bytes > 0);
  if (used.length === 0) return { text: have, fits: true };
  if (used.some(({ bytesADay }) => bytesADay === null))
    return { text: `${have}; what a day takes is known after an hour`, fits: true };
  const aDay = used.reduce((sum, { bytesADay }) => sum + (bytesADay ?? 0), 0);
  const full = used.reduce((sum, { bytesADay, days }) => sum + (bytesADay ?? 0) * days, 0);
  const fits = full - held <= freeBytes;
  return {
    text: `${formatBytes(aDay)} a day lately, ${formatBytes(full)} once full; ${have}`,
    fits,
  };
}
