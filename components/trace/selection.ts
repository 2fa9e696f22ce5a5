import type { DurationBucket, TraceSelection } from '#server/traces/schema.ts';
import { formatDuration } from '#components/format/duration.ts';

const NAMES = { from: 'fromMs', to: 'toMs', min: 'minDurationMs', max: 'maxDurationMs' } as const;
/** "The slow ones" are about so many of all. */
const SLOW_SHARE = 0.05;

/** "min:250,failed" for the address. */
export function writeSelection(selection: TraceSelection): string {
  const parts = Object.entries(NAMES).flatMap(([name, field]) =>
    selection[field] === undefined ? [] : [`${name}:${selection[field]}`],
  );
  return [...parts, ...(selection.failed ? ['failed'] : [])].join(',');
}

/** The reverse; null when nothing in it can be read, for an address may be typed by hand. */
export function readSelection(text: string | null): TraceSelection | null {
  const selection: TraceSelection = {};
  for (const part of (text ?? '').split(',')) {
    if (part === 'failed') selection.failed = true;
    const [, name, value] = /^(from|to|min|max):(\d{1,15}(?:\.\d{1,9})?)$/.exec(part) ?? [];
    if (!name || !value) continue;
    const number = Number(value);
    if (name === 'max' && number === 0) continue;
    selection[NAMES[name as keyof typeof NAMES]] = name === 'from' || name === 'to' ? Math.floor(number) : number;
  }
  return Object.keys(selection).length > 0 ? selection : null;
}

/** The traces in the uppermost cells of the heat map, about one in twenty; null when all lie in one row. */
export function slowSelection(buckets: readonly DurationBucket[]): TraceSelection | null {
  const rows = [...Map.groupBy(buckets, ({ durationMs }) => durationMs)]
    .map(([durationMs, cells]) => ({ durationMs, count: cells.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((a, b) => b.durationMs - a.durationMs);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  let above = 0;
  for (const { durationMs, count } of rows.slice(0, -1)) {
    above += count;
    if (above >= total * SLOW_SHARE) return { minDurationMs: Number(durationMs.toPrecision(3)) };
  }
  const second = rows.at(-2);
  return second ? { minDurationMs: Number(second.durationMs.toPrecision(3)) } : null;
}

/** "the failed ones that took 250 ms or more, within the marked time" */
export function describeSelection({ fromMs, toMs, minDurationMs, maxDurationMs, failed }: TraceSelection): string {
  const said = [failed ? 'failed' : ''];
  if (minDurationMs !== undefined && maxDurationMs !== undefined)
    said.push(`took ${formatDuration(minDurationMs)} to ${formatDuration(maxDurationMs)}`);
  else if (minDurationMs !== undefined) said.push(`took ${formatDuration(minDurationMs)} or more`);
  else if (maxDurationMs !== undefined) said.push(`took ${formatDuration(maxDurationMs)} or less`);
  if (fromMs !== undefined || toMs !== undefined) said.push('began in the marked time');
  return `those that ${said.filter(Boolean).join(' and ')}`;
}
