import type { LoadTest as Row } from '#prisma/generated/client.ts';
import { successOf, total } from './judge.ts';
import { Result, Summary, Tick, type LoadTestLine } from './schema.ts';

export type Measured = Summary & Partial<Result>;
const Kept = Summary.extend(Result.partial().shape).extend(Summary.shape);

/** Columns of the history: all but the ticks, which are many. */
export const LINE_COLUMNS = {
  id: true,
  status: true,
  startedAt: true,
  endedAt: true,
  actor: true,
  target: true,
  workers: true,
  seconds: true,
  pace: true,
  oneAddress: true,
  summary: true,
} as const;

export function toLine(row: Pick<Row, keyof typeof LINE_COLUMNS>): LoadTestLine {
  const { id, status, actor, target, workers, seconds, pace, oneAddress } = row;
  const measured = readSummary(row.summary);
  return {
    id,
    status,
    startedMs: row.startedAt.getTime(),
    endedMs: row.endedAt?.getTime() ?? null,
    actor,
    target,
    workers,
    seconds,
    pace,
    oneAddress,
    successRatio: measured && successOf(measured.counts),
    requestsPerS: measured && measured.elapsedS > 0 ? total(measured.counts) / measured.elapsedS : null,
    p95Ms: measured?.waited.p95Ms ?? null,
  };
}

/** What the generator added up; null before its first second. */
export function readSummary(json: unknown): Measured | null {
  return json === null ? null : Kept.parse(json);
}

export function readTicks(json: unknown): Tick[] {
  return Tick.array().parse(json);
}
