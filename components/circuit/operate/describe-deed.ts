import type { CircuitControl } from '#server/circuits/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { describeTuned } from '../tune/describe-tuned.ts';

/** The deed in words, with the figures that were given. */
export function describeDeed({ verb, input }: Pick<CircuitControl['audit'][number], 'verb' | 'input'>): string {
  switch (verb) {
    case 'circuits.force':
      return `forced it ${String(input.side)} for ${formatSpan(Number(input.minutes) * 60_000)}`;
    case 'circuits.release':
      return 'released it';
    case 'circuits.probe':
      return 'asked for a probe';
    case 'circuits.tune': {
      const settings = describeTuned(input);
      return settings === '' ? 'put its settings back' : `tuned it: ${settings}`;
    }
    case 'circuits.restore':
      return `applied the settings of version ${String(input.restored)} again: ${describeTuned(input) || 'as the gateway was started'}`;
    case 'circuits.startShadow':
      return `began a shadow: ${describeTuned(input)}`;
    case 'circuits.endShadow':
      return 'ended the shadow';
    case 'circuits.applyShadow':
      return `put the shadow’s settings in force: ${describeTuned(input)}`;
    default:
      return verb;
  }
}
