import type { CircuitPreview } from '#server/circuits/schema.ts';
import { formatDuration, formatSpan } from '#components/format/duration.ts';
import { NOTHING } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Fact, Facts } from '#components/ui/facts.tsx';

interface BlastRadiusProps {
  name: string;
  /** What the operation would do, in a sentence; null where it has no size. */
  sentence: string | null;
  preview: CircuitPreview;
}

/** What hangs on the breaker, as measured. */
export function BlastRadius({ name, sentence, preview }: BlastRadiusProps) {
  return (
    <section aria-label="What it would touch" className="rounded-md border border-line bg-sunken px-3 py-2.5">
      {sentence && <p className="mb-2 font-medium text-ink text-pretty">{sentence}</p>}
      <Facts className="text-xs">
        <Fact label="Calls through it">
          {formatRate(preview.requestsPerS)}, {formatRatio(preview.errorRatio)} failed or refused, p95{' '}
          {formatDuration(preview.latencyMsP95)}
        </Fact>
        <Fact label="Callers who feel it">{listOf(preview.callers)}</Fact>
        {preview.others.length > 0 && (
          <Fact label="Not touched">
            {listOf(preview.others)}, who call {name} past it
          </Fact>
        )}
      </Facts>
      <p className="mt-2 text-2xs text-ink-faint">Measured over the last {formatSpan(preview.windowMs)}.</p>
    </section>
  );
}

function listOf(callers: CircuitPreview['callers']): string {
  if (callers.length === 0) return NOTHING;
  return callers.map(({ name, requestsPerS }) => `${name} ${formatRate(requestsPerS)}`).join(', ');
}
