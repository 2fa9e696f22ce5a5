import type { LoadTestStatus } from '#server/load-tests/schema.ts';
import type { Tone } from '#components/ui/tone.ts';

/** Words and colours of how a test or a drill ended. */
export const TEST_STATES = {
  running: { word: 'Running', tone: 'accent' },
  passed: { word: 'Passed', tone: 'ok' },
  failed: { word: 'Failed', tone: 'critical' },
  stopped: { word: 'Stopped', tone: 'neutral' },
  broken: { word: 'Broken off', tone: 'warn' },
} as const satisfies Record<LoadTestStatus, { word: string; tone: Tone }>;
