import type { ErrorSample } from '#server/error-groups/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { spanHref } from '#components/log/log-href.ts';
import { LongText } from '#components/trace/long-text.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** Occurrences as they were sent, the newest first. */
export function ErrorSampleList({ samples }: { samples: readonly ErrorSample[] }) {
  return (
    <ol>
      {samples.map((sample, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- occurrences have no id and are only replaced together
        <li key={`${sample.tMs} ${index}`} className="border-b border-line px-4 py-2 text-xs last:border-0">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-ink-faint">
            <Moment ms={sample.tMs} show="both" className="text-ink-muted" />
            {sample.instance && <code>{sample.instance}</code>}
            {sample.release && <span>{sample.release}</span>}
            {sample.traceId && (
              <TextLink
                href={spanHref(sample)}
                prefetch={false}
                title={sample.traceId}
                aria-label={`Trace ${sample.traceId.slice(0, 8)}`}
                className="ml-auto"
              >
                <code>{sample.traceId.slice(0, 8)}</code>
              </TextLink>
            )}
          </p>
          <p className="mt-0.5 text-ink">
            <LongText text={sample.message || 'without a message'} />
          </p>
          {sample.stacktrace && (
            <details className="mt-1">
              <summary className="cursor-pointer text-ink-muted hover:text-ink">Stack trace</summary>
              <pre
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must be able to scroll it
                tabIndex={0}
                className="mt-1 max-h-80 overflow-auto rounded-sm bg-sunken p-2 font-mono text-2xs text-ink-muted"
              >
                {sample.stacktrace}
              </pre>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}
