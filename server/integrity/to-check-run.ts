import type { CheckRun as CheckRunRow } from '#prisma/generated/client.ts';
import type { CheckRun } from './schema.ts';

export function toCheckRun({ check: _check, startedAt, ...row }: CheckRunRow): CheckRun {
  return { ...row, startedMs: startedAt.getTime() };
}
