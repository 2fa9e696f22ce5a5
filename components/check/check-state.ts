import type { Check, CheckSeverity, CheckStatus } from '#server/integrity/schema.ts';
import { severityTone, type Tone } from '#components/ui/tone.ts';

const WORDS = {
  passed: 'passed',
  violated: 'violated',
  failed: 'failed to run',
  never_run: 'not run yet',
} as const satisfies Record<CheckStatus, string>;

/** The word and the tone of what a check found; rows that break a warning weigh less than rows that break a critical check. */
export function checkState(status: CheckStatus, severity: CheckSeverity): { word: string; tone: Tone } {
  const tones = { passed: 'ok', violated: severityTone(severity), failed: 'warn', never_run: 'neutral' } as const;
  return { word: WORDS[status], tone: tones[status] };
}

const URGENCY: readonly CheckStatus[] = ['violated', 'failed', 'never_run', 'passed'];
const SEVERITIES: readonly CheckSeverity[] = ['critical', 'warning', 'info'];

/** What wants attention first: by what was found, then by severity, then by name. */
export function byUrgency(
  a: Pick<Check, 'status' | 'severity' | 'title'>,
  b: Pick<Check, 'status' | 'severity' | 'title'>,
): number {
  return (
    URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.title.localeCompare(b.title, 'en')
  );
}
