import type { LogLine } from '#server/logs/schema.ts';

/** Lines as JSON, one a line, with the names of OTel's log record; read by jq and by every log tool. */
export function toJsonl(lines: readonly LogLine[]): string {
  return lines.map((line) => `${JSON.stringify(recordOf(line))}\n`).join('');
}

function recordOf(line: LogLine) {
  return {
    timestamp: new Date(line.tMs).toISOString(),
    service: line.service,
    instance: line.instance || undefined,
    severity: line.severityText || undefined,
    severityNumber: line.severityNumber || undefined,
    event: line.eventName || undefined,
    body: line.body,
    traceId: line.traceId ?? undefined,
    spanId: line.spanId ?? undefined,
    attributes: line.attributes,
  };
}
