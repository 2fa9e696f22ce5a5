import { formatDuration } from '#components/format/duration.ts';
import type { ComparedNode } from './compare-traces.ts';

/** A part of less than this explains nothing. */
const SHARE_MIN = 0.1;

/** The comparison in a sentence or three: how much, mostly where, and what only one of them did. */
export function summariseComparison(nodes: readonly ComparedNode[], aUs: number, bUs: number): string {
  const sentences = [lengthSentence(bUs - aUs)];
  const towards = Math.sign(bUs - aUs);
  const [most] = nodes.toSorted((a, b) => towards * (b.selfDifferenceUs - a.selfDifferenceUs));
  if (most && towards * most.selfDifferenceUs > SHARE_MIN * Math.abs(bUs - aUs))
    sentences.push(
      `Most of that in ${most.service}: ${most.operation}, ${formatDuration(Math.abs(most.selfDifferenceUs) / 1000)} ${towards > 0 ? 'more' : 'less'}.`,
    );
  const extra = nodes.filter(({ change }) => change === 'extra').length;
  const missing = nodes.filter(({ change }) => change === 'missing').length;
  if (extra > 0) sentences.push(`${operations(extra)} only in the second.`);
  if (missing > 0) sentences.push(`${operations(missing)} only in the first.`);
  if (extra + missing === 0) sentences.push('Both made the same calls.');
  return sentences.join(' ');
}

function lengthSentence(us: number): string {
  if (us === 0) return 'Both took the same time.';
  return `The second took ${formatDuration(Math.abs(us) / 1000)} ${us > 0 ? 'longer' : 'less'}.`;
}

function operations(count: number): string {
  return count === 1 ? '1 operation' : `${count} operations`;
}
