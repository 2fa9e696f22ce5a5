'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import type { Span } from '#server/traces/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { NOTHING } from '#components/format/number.ts';
import { LogList } from '#components/log/log-list.tsx';
import { serviceHref } from '#components/service/service-href.ts';
import { Button } from '#components/ui/button.tsx';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { AttributeTable } from './attribute-table.tsx';
import { CircuitMark } from './circuit-mark.tsx';
import { CopyButton } from './copy-button.tsx';
import type { Details } from './expand-outline.ts';
import { LongText } from './long-text.tsx';
import { SpanEvents } from './span-events.tsx';

interface SpanDetailProps {
  span: Span;
  resource: Record<string, string>;
  details: Details;
  /** Busy itself, and how much of that the whole trace waited for. */
  selfUs: number;
  criticalUs: number;
  logs: readonly LogLine[];
  onClose: () => void;
}

const STATUS = {
  ok: { tone: 'ok', word: 'ok' },
  error: { tone: 'critical', word: 'failed' },
  unset: { tone: 'neutral', word: 'not set' },
} as const;

/** Everything that was sent about one span. */
export function SpanDetail({ span, resource, details, selfUs, criticalUs, logs, onClose }: SpanDetailProps) {
  const { tone, word } = STATUS[span.status];
  const isHere = details === 'here';
  const own = logs.filter(({ spanId }) => spanId === span.spanId);
  return (
    <section aria-label="Selected span">
      <header className="sticky top-0 flex items-start gap-3 border-b border-line bg-surface px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="break-words text-sm font-semibold">{span.operation}</h2>
          <TextLink href={serviceHref(span.service)} className="text-xs">
            {span.service}
          </TextLink>
        </div>
        <CopyButton text={() => permalinkOf(span.spanId)} label="Copy a link to this span" icon="link" />
        <Button variant="ghost" size="icon" aria-label="Close the span" onClick={onClose}>
          <X size={15} aria-hidden />
        </Button>
      </header>
      <div className="border-b border-line px-4 py-3">
        <Facts className="text-xs">
          <Fact label="Status">
            <span className="inline-flex items-center gap-1.5">
              <StatusGlyph tone={tone} size={12} />
              {word}
            </span>
            {span.statusMessage && (
              <p className="text-ink-muted">
                <LongText text={span.statusMessage} />
              </p>
            )}
          </Fact>
          <Fact label="Began after">{formatDuration(span.startUs / 1000)}</Fact>
          <Fact label="Took">{formatDuration(span.durationUs / 1000)}</Fact>
          <Fact label="Busy itself">{formatDuration(selfUs / 1000)}</Fact>
          <Fact label="Held up the trace">{criticalUs > 0 ? formatDuration(criticalUs / 1000) : 'not at all'}</Fact>
          <Fact label="Kind">{isHere ? span.kind : '…'}</Fact>
          <Fact label="Instance">
            <code>{isHere ? span.instance || NOTHING : '…'}</code>
          </Fact>
          <Fact label="Span id">
            <span className="inline-flex items-center gap-1">
              <code>{span.spanId}</code>
              <CopyButton text={span.spanId} label="Copy the span id" />
            </span>
          </Fact>
        </Facts>
        <div className="mt-2 empty:hidden">{isHere && <CircuitMark span={span} />}</div>
      </div>
      <Section title="Attributes">
        {isHere && <AttributeTable attributes={span.attributes} searchable />}
        {details === 'coming' && <SkeletonRows rows={4} />}
        {details === 'failed' && <p className="text-xs text-ink-muted">They could not be read; reload to try again.</p>}
      </Section>
      {isHere && span.events.length > 0 && (
        <Section title="Events">
          <SpanEvents events={span.events} />
        </Section>
      )}
      {own.length > 0 && (
        <Section title="Logs" flush>
          <LogList lines={own} hide={['service', 'trace']} keys={false} />
        </Section>
      )}
      {span.links.length > 0 && (
        <Section title="Links">
          <ul className="flex flex-col gap-1 text-xs">
            {span.links.map((link) => (
              <li key={`${link.traceId} ${link.spanId}`}>
                <TextLink href={`/traces/${link.traceId}?span=${link.spanId}`} prefetch={false}>
                  <code className="break-all">{link.traceId}</code> span <code>{link.spanId}</code>
                </TextLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {isHere && (
        <Section title="Resource">
          <AttributeTable attributes={resource} />
        </Section>
      )}
    </section>
  );
}

/** The address without what only this viewer filtered by. */
function permalinkOf(spanId: string): string {
  return `${location.origin}${location.pathname}?span=${encodeURIComponent(spanId)}`;
}

function Section({ title, flush = false, children }: { title: string; flush?: boolean; children: ReactNode }) {
  return (
    <div className="border-b border-line pb-3 last:border-0">
      <h3 className="px-4 pb-1 pt-3 text-xs font-semibold">{title}</h3>
      <div className={flush ? '' : 'px-4'}>{children}</div>
    </div>
  );
}
