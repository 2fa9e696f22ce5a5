import type { SpanKindName } from './schema.ts';

/** By the number that OTLP gives each. */
const NAMES: readonly SpanKindName[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

export function spanKindName(kind: number): SpanKindName {
  return NAMES[kind] ?? 'unspecified';
}
