import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { expect, it } from 'vitest';
import { consistentSampler } from './consistent-sampler.ts';

const sampler = consistentSampler((kind) => (kind === SpanKind.SERVER ? 1 : 1 / 16));
const ask = (kind: SpanKind, random: string) => {
  const result = sampler.shouldSample(ROOT_CONTEXT, `f`.repeat(18) + random, 'name', kind, {}, []);
  return result.decision === SamplingDecision.RECORD_AND_SAMPLED ? result.traceState?.serialize() : null;
};

it.each([
  [SpanKind.SERVER, '00000000000000', 'ot=th:0'],
  [SpanKind.SERVER, 'ffffffffffffff', 'ot=th:0'],
  [SpanKind.INTERNAL, 'f0000000000000', 'ot=th:f'],
  [SpanKind.INTERNAL, 'efffffffffffff', null],
  [SpanKind.INTERNAL, '00000000000000', null],
])('kind %i with randomness %s: %s', (kind, random, expected) => expect(ask(kind, random)).toBe(expected));
