import type { Span } from '#server/traces/schema.ts';
import { circuitHref } from '#components/circuit/circuit-href.ts';
import { Badge } from '#components/ui/badge.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { circuitOutcomeOf } from './circuit-outcomes.ts';

/** The breaker that a call met, its state then, and what came of it; nothing for other calls. */
export function CircuitMark({ span }: { span: Pick<Span, 'service' | 'attributes'> }) {
  const name = span.attributes['circuit_breaker.name'];
  if (!name) return null;
  const outcome = circuitOutcomeOf(span.attributes);
  const state = span.attributes['circuit_breaker.state'] ?? '';
  const said = outcome?.long ?? span.attributes['circuit_breaker.outcome'];
  return (
    <TextLink href={circuitHref({ reporter: span.service, name })} className="no-underline">
      <Badge tone={outcome?.tone ?? 'neutral'} className="h-auto! min-h-5 whitespace-normal! py-0.5">
        breaker {span.service} to {name}
        {state && ` ${state.replaceAll('_', '-')}`}
        {said && `: ${said}`}
      </Badge>
    </TextLink>
  );
}
