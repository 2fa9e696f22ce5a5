// Preload of every process of the fleet: node --import ./services/kit/telemetry.ts services/<name>/main.ts
import { logs } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { onFlushTelemetry } from './flush-telemetry.ts';
import { instrument } from './telemetry/instrumentations.ts';

const EXPORT_TIMEOUT_MS = 5_000;
/** A breaker that opens must be seen within a second, so logs, which carry the news of it, wait less than spans. */
const SPAN_DELAY_MS = 400;
const LOG_DELAY_MS = 200;
/** About a minute of a busy service while the collector restarts; then the oldest are lost. */
const QUEUE_MAX = 8_192;

const { env } = process;
const serviceName = env.OTEL_SERVICE_NAME ?? 'unknown_service';
const endpoint = (env.OTEL_EXPORTER_OTLP_ENDPOINT ?? 'http://127.0.0.1:4318').replace(/\/$/, '');
const resource = resourceFromAttributes({
  'service.name': serviceName,
  'service.version': env.SERVICE_VERSION ?? '0.1.0',
  'service.instance.id': env.SERVICE_INSTANCE_ID ?? `${serviceName}-${process.pid}`,
  'service.namespace': 'shop',
  'deployment.environment.name': env.DEPLOYMENT_ENVIRONMENT ?? 'local',
});

const tracerProvider = new NodeTracerProvider({
  resource,
  spanProcessors: [
    new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS }), {
      scheduledDelayMillis: SPAN_DELAY_MS,
      exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      maxQueueSize: QUEUE_MAX,
    }),
  ],
});
tracerProvider.register();

const loggerProvider = new LoggerProvider({
  resource,
  processors: [
    new BatchLogRecordProcessor({
      exporter: new OTLPLogExporter({ url: `${endpoint}/v1/logs`, timeoutMillis: EXPORT_TIMEOUT_MS }),
      scheduledDelayMillis: LOG_DELAY_MS,
      exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      maxQueueSize: QUEUE_MAX,
    }),
  ],
});
logs.setGlobalLoggerProvider(loggerProvider);

instrument(serviceName);
onFlushTelemetry(() => tracerProvider.forceFlush());
onFlushTelemetry(() => loggerProvider.forceFlush());
