import type { Statement } from '#server/explain/schema.ts';

/** The sums over all statements; those that ran side by side count each for itself. Rows are null when no statement could say. */
export function summariseCost(statements: readonly Statement[]): { rows: number | null; storeMs: number } {
  const reads = statements.flatMap((statement) => statement.reads ?? []);
  const isTold = statements.some((statement) => statement.reads !== null);
  return {
    rows: isTold ? reads.reduce((sum, { rows }) => sum + rows, 0) : null,
    storeMs: statements.reduce((sum, { tookMs }) => sum + tookMs, 0),
  };
}
