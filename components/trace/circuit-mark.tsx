import type { Span } from '#server/traces/schema.ts';
import { circuitHref } from '#components/circuit/circuit-href.ts';
import { Badge } from '#components/ui/badge.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { Tone } from '#components/ui/tone.ts';

const TONES: Record<string, Tone> = {
  success: 'neutral',
  failure: 'critical',
  timeout: 'critical',
  rejected: 'critical',
  fallback: 'warn',
};

/** The breaker that a call met, with what came of it; nothing for other calls. */
export function CircuitMark({ span }: { span: Pick<Span, 'service' | 'attributes'> }) {
  const name = span.attributes['circuit_breaker.name'];
  if (!name) return null;
  const outcome = span.attributes['circuit_breaker.outcome'] ?? '';
  const state = span.attributes['circuit_breaker.state'] ?? '';
  const circuit = { reporter: span.service, name };
  return (
    <TextLink href={circuitHref(circuit)} className="no-underline">
      <Badge tone={TONES[outcome] ?? 'neutral'}>
        breaker {span.service} to {name}
        {state && ` ${state.replaceAll('_', '-')}`}
        {outcome && `: ${outcome}`}
      </Badge>
    </TextLink>
  );
}
