import type { SilencePreview } from '#server/silences/schema.ts';
import { Labels } from '#components/alert/labels.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { severityTone } from '#components/ui/tone.ts';

const SHOWN_MAX = 5;

interface SilencePreviewListProps {
  preview: SilencePreview | undefined;
  error: { message: string } | null;
}

/** What the silence would keep back now, before it is made. */
export function SilencePreviewList({ preview, error }: SilencePreviewListProps) {
  return (
    <section
      aria-label="What it would silence now"
      aria-live="polite"
      className="min-h-[88px] rounded-md border border-line bg-sunken px-3 py-2"
    >
      {error ? (
        <p className="text-critical">{error.message}</p>
      ) : !preview ? (
        <p className="text-ink-faint">…</p>
      ) : (
        <>
          <p className="text-xs text-ink-muted">
            {preview.count === 0
              ? `None of the ${preview.of} open alerts: it would keep back what comes.`
              : `It would silence ${preview.count} of ${preview.of} open alerts now:`}
          </p>
          <ul className="mt-1 flex flex-col gap-1.5">
            {preview.alerts.slice(0, SHOWN_MAX).map(({ id, severity, summary, labels }) => (
              <li key={id} className="grid grid-cols-[13px_minmax(0,1fr)] gap-x-2">
                <StatusGlyph tone={severityTone(severity)} size={12} label={severity} className="mt-[4px]" />
                <span className="min-w-0">
                  {summary}
                  <Labels labels={labels} />
                </span>
              </li>
            ))}
          </ul>
          {preview.count > SHOWN_MAX && (
            <p className="mt-1 text-xs text-ink-faint">and {preview.count - SHOWN_MAX} more</p>
          )}
        </>
      )}
    </section>
  );
}
