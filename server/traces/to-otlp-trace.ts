import type { ExportedSpan } from '#server/store/queries/trace-export.ts';
import type { OtlpAttribute, OtlpSpan, OtlpTrace } from './schema.ts';

const NO_PARENT = '0'.repeat(16);

/**
 * An ExportTraceServiceRequest in OTLP's JSON. Values of attributes are strings, which is how they are kept; times are whole
 * nanoseconds.
 */
export function toOtlpTrace(traceId: string, spans: readonly ExportedSpan[]): OtlpTrace {
  const resources = Map.groupBy(spans, ({ service, resourceAttributes }) =>
    JSON.stringify([service, Object.entries(resourceAttributes).toSorted(byKey)]),
  );
  return {
    resourceSpans: [...resources.values()].map((ofResource) => ({
      resource: { attributes: resourceOf(ofResource[0]) },
      scopeSpans: [...Map.groupBy(ofResource, ({ scope }) => scope)].map(([name, ofScope]) => ({
        scope: { name },
        spans: ofScope.map((span) => toOtlpSpan(traceId, span)),
      })),
    })),
  };
}

function resourceOf(span: ExportedSpan | undefined): OtlpAttribute[] {
  if (!span) return [];
  // A sender that did not name its service got a name here.
  return toAttributes({ 'service.name': span.service, ...span.resourceAttributes });
}

function toOtlpSpan(traceId: string, span: ExportedSpan): OtlpSpan {
  return {
    traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== NO_PARENT && { parentSpanId: span.parentSpanId }),
    ...(span.traceState !== '' && { traceState: span.traceState }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: span.startNs,
    endTimeUnixNano: span.endNs,
    attributes: toAttributes(span.attributes),
    events: span.eventNs.map((timeUnixNano, index) => ({
      timeUnixNano,
      name: span.eventNames[index] ?? '',
      attributes: toAttributes(span.eventAttributes[index] ?? {}),
    })),
    links: span.linkTraceIds.map((linked, index) => ({ traceId: linked, spanId: span.linkSpanIds[index] ?? '' })),
    status: { code: span.status, ...(span.statusMessage !== '' && { message: span.statusMessage }) },
  };
}

function toAttributes(attributes: Record<string, string>): OtlpAttribute[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function byKey([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
