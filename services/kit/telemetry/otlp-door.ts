import { createOtlpHttpExportDelegate, convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base';

const TIMEOUT_MS = 5_000;

/** OpenTelemetry's own way to a collector over HTTP, with its retries, time limits and headers, for requests that are written already. */
export type OtlpDoor = Pick<IOtlpExportDelegate<Uint8Array>, 'export'>;

export function openOtlpDoor(endpoint: string, signal: 'traces' | 'logs'): OtlpDoor {
  const options = convertLegacyHttpOptions(
    { url: `${endpoint}/v1/${signal}`, timeoutMillis: TIMEOUT_MS },
    signal.toUpperCase(),
    `v1/${signal}`,
    { 'Content-Type': 'application/x-protobuf' },
  );
  const serializer = { serializeRequest: (body: Uint8Array) => body, deserializeResponse: () => ({}) };
  return createOtlpHttpExportDelegate(
    options,
    serializer,
    `otlp_http_${signal}_exporter`,
    { name: signal === 'traces' ? 'span' : 'log', countItems: () => 0 },
    undefined,
  );
}
