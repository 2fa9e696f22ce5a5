import type { Check } from '#server/integrity/schema.ts';
import { countOf, formatInteger } from '#components/format/number.ts';

/** Says in a sentence or two whether the data can be trusted. */
export function summariseChecks(checks: readonly Pick<Check, 'status' | 'lastRun'>[]): string {
  if (checks.length === 0) return 'No check is set up.';
  const violated = checks.filter(({ status }) => status === 'violated');
  const failed = checks.filter(({ status }) => status === 'failed').length;
  const waiting = checks.filter(({ status }) => status === 'never_run').length;
  const rows = violated.reduce((sum, { lastRun }) => sum + (lastRun?.violations ?? 0), 0);
  const fresh = violated.reduce((sum, { lastRun }) => sum + (lastRun?.newViolations ?? 0), 0);
  const sentences: string[] = [];
  if (violated.length > 0) {
    const known = fresh === 0 ? 'none of them new' : `${formatInteger(fresh)} of them new`;
    sentences.push(
      `${violated.length} of ${countOf(checks.length, 'check')} found ${countOf(rows, 'row')} that should not be, ${known}.`,
    );
  } else if (failed === 0 && waiting === 0) {
    sentences.push(checks.length === 1 ? 'The check passed.' : `All ${checks.length} checks passed.`);
  } else if (checks.length > failed + waiting) {
    sentences.push('No violation was found.');
  }
  if (failed > 0) sentences.push(`${countOf(failed, 'check')} could not run.`);
  if (waiting > 0) sentences.push(`${countOf(waiting, 'check')} ${waiting === 1 ? 'has' : 'have'} not run yet.`);
  return sentences.join(' ');
}
