import type { CircuitControl } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatSpan } from '#components/format/duration.ts';
import { describeTuned } from '../tune/describe-tuned.ts';

type AuditLine = CircuitControl['audit'][number];

/** Who did what to the breaker, newest first. */
export function AuditTrail({ lines }: { lines: readonly AuditLine[] }) {
  return (
    <ol>
      {lines.map((line) => (
        <li
          key={line.id}
          className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 border-b border-line px-4 py-1.5 last:border-0"
        >
          <Moment ms={line.atMs} className="whitespace-nowrap text-xs leading-5 text-ink-faint" />
          <div className="min-w-0">
            <p>
              <span className="text-ink-muted">{line.actor}</span>{' '}
              <span className="font-medium text-ink">{describeDeed(line)}</span>
            </p>
            <p className="break-words text-xs text-ink-muted">{line.input.reason}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The deed in words, with the figures that were given. */
export function describeDeed({ verb, input }: Pick<AuditLine, 'verb' | 'input'>): string {
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
    default:
      return verb;
  }
}
