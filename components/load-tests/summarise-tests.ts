import type { DrillLine } from '#server/drills/schema.ts';
import type { LoadTestLine } from '#server/load-tests/schema.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';

/** What is known of how the shop bears load and faults, in a line. */
export function summariseTests(tests: readonly LoadTestLine[], drills: readonly DrillLine[]): string {
  if (drills.some(({ status }) => status === 'running')) return 'A drill is running.';
  if (tests.some(({ status }) => status === 'running')) return 'A load test is running.';
  return `${aboutTests(tests)} ${aboutDrills(drills)}`;
}

function aboutTests(tests: readonly LoadTestLine[]): string {
  const last = tests.find(({ status }) => status === 'passed' || status === 'failed');
  if (!last) return 'No load test has come to its end yet.';
  const word = last.status === 'passed' ? 'passed' : 'failed';
  return `The last load test ${word}: ${formatRatio(last.successRatio)} served at ${formatRate(last.requestsPerS)}.`;
}

function aboutDrills(drills: readonly DrillLine[]): string {
  const judged = drills.filter(({ status }) => status === 'passed' || status === 'failed');
  // The newest of each kind: an old proof is replaced by a newer one.
  const newest = [...new Map(judged.toReversed().map((drill) => [drill.scenario, drill])).values()];
  if (newest.length === 0) return 'Nobody has drilled a fault yet.';
  const failed = newest.filter(({ status }) => status === 'failed').map(({ title }) => title.toLowerCase());
  if (failed.length > 0) return `A drill failed: ${failed.join(', ')}.`;
  return newest.length === 1
    ? 'The one drill passed.'
    : `All ${newest.length} drills passed when they were tried last.`;
}
