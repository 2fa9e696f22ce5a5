import type { CircuitReplay, ReplayedCircuit } from '#server/circuits/replay/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { countOf, formatInteger } from '#components/format/number.ts';

/** "would have opened 3 times, refused 1 240 good calls, saved 18 400 failing ones" */
export function describeOutcome({
  opened,
  refused,
  cut = 0,
  retries = { leftOut: 0, healing: 0 },
}: Pick<ReplayedCircuit, 'opened' | 'refused'> & Partial<ReplayedCircuit>): string {
  const parts = [
    `opened ${timesOf(opened)}`,
    `refused ${countOf(refused.good, 'good call')}`,
    `saved ${formatInteger(refused.failing)} failing ${refused.failing === 1 ? 'one' : 'ones'}`,
  ];
  if (cut > 0) parts.push(`ended ${countOf(cut, 'good call')} that took too long`);
  if (retries.leftOut > 0)
    parts.push(
      `left out ${countOf(retries.leftOut, 'retry', 'retries')}, ${formatInteger(retries.healing)} of which healed a request`,
    );
  return `would have ${parts.join(', ')}`;
}

/** How near the replay of what is in force comes to what really happened. */
export function describeFidelity({ real, inForce }: CircuitReplay): string {
  const replayed = `Under the settings in force the replay opens ${timesOf(inForce.opened)}; it really opened ${timesOf(real.opened)}.`;
  return inForce.opened === real.opened
    ? replayed
    : `${replayed} Trust the difference between the two columns, not their size.`;
}

/** What was read, and all that a replay of it cannot know. */
export function describeLimits({
  calls,
  range,
  isCut,
  sampled,
  instances,
  timedOut,
  real,
  inForce,
  candidate,
}: CircuitReplay): string[] {
  const unknown = candidate.refused.unknown + candidate.passed.unknown;
  const longer = (candidate.settings.answerTimeoutMs ?? 0) > (inForce.settings.answerTimeoutMs ?? Infinity);
  const read = `${countOf(calls, 'row')} read: the calls of ${formatSpan(range.toMs - range.fromMs)} through ${countOf(instances, 'instance')}, each with a breaker of its own that begins closed.`;
  return [
    isCut ? `${read} There were more; these are the newest.` : read,
    sampled > 0
      ? `${countOf(sampled, 'call')} belong to traces of which only a share was kept: failures in a row may have had good calls between them.`
      : 'None of them is marked as sampled: they are all that was sent.',
    unknown > 0 &&
      `How ${countOf(unknown, 'call')} would have ended nobody knows: they were really refused, or their client left. They count neither as good nor as failing.`,
    longer &&
      timedOut > 0 &&
      `${countOf(timedOut, 'call')} ran into the timeout of their time; with a longer one some would have succeeded. Here they fail.`,
    candidate.cut > 0 &&
      'A call is as long as its span, which ends with the body of the answer; the timeout ends with its head.',
    (candidate.settings.retriesMax ?? 0) > (inForce.settings.retriesMax ?? Infinity) &&
      'Retries that were not made have no outcome: with them the figures would differ, and nobody knows by how much.',
    real.forced > 0 && 'An operator held it in this time. The replay decides as if nobody had.',
    'What other callers would have done, and how the service would have borne the calls that it was spared, is in no recording.',
  ].filter((line) => line !== false);
}

function timesOf(count: number): string {
  if (count === 0) return 'not at all';
  return count === 1 ? 'once' : `${formatInteger(count)} times`;
}
