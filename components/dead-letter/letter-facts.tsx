import type { DeadLetter } from '#server/dead-letters/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { serviceHref } from '#components/service/service-href.ts';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { correlationHref, letterTraceHref } from './letter-href.ts';
import { showText } from './show-text.ts';

/** What is known of a dead letter, and where that leads. */
export function LetterFacts({ letter }: { letter: Omit<DeadLetter, 'payload'> }) {
  const { service, eventId, key, attempts, occurredAt, deadAt, resolvedAt, reason, status, headers } = letter;
  const traceHref = letterTraceHref(letter);
  const correlationId = headers['correlation-id'];
  return (
    <Facts className="text-xs">
      <Fact label="Service">
        <TextLink href={serviceHref(service)}>{service}</TextLink>
      </Fact>
      <Fact label="Event">
        <code>{eventId}</code>
      </Fact>
      <Fact label="About">{showText(key)}</Fact>
      <Fact label="Attempts">{attempts}</Fact>
      <Fact label="Happened">
        <Moment ms={Date.parse(occurredAt)} show="both" />
      </Fact>
      <Fact label="Put aside">
        <Moment ms={Date.parse(deadAt)} show="both" />
      </Fact>
      {resolvedAt !== null && (
        <Fact label={status === 'redriven' ? 'Redriven' : 'Discarded'}>
          <Moment ms={Date.parse(resolvedAt)} show="both" />
        </Fact>
      )}
      {reason !== null && <Fact label="Reason">{showText(reason)}</Fact>}
      <Fact label="Trace">
        {traceHref ? (
          <TextLink href={traceHref} prefetch={false} aria-label={`Trace ${letter.traceId}`}>
            <code>{letter.traceId}</code>
          </TextLink>
        ) : (
          'none was kept'
        )}
      </Fact>
      {correlationId !== undefined && (
        <Fact label="Correlation">
          <code>{showText(correlationId)}</code>{' '}
          <TextLink href={correlationHref(correlationId, Date.parse(occurredAt))} prefetch={false}>
            its log lines
          </TextLink>
        </Fact>
      )}
    </Facts>
  );
}
