// Preload of every process of the fleet: node --import ./services/kit/telemetry.ts services/<name>/main.ts
import { context, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, ParentBasedSampler } from '@opentelemetry/sdk-trace-base';
import { onFlushTelemetry } from './flush-telemetry.ts';
import { onLogLine } from './log-lines.ts';
import { logsInto, spansInto } from './telemetry/batch-processors.ts';
import { RequestContextManager } from './telemetry/context-manager.ts';
import { HeadSampling } from './telemetry/head-sampling.ts';
import { instrument } from './telemetry/instrumentations.ts';
import { OtlpBatch } from './telemetry/otlp-batch.ts';
import { openOtlpDoor } from './telemetry/otlp-door.ts';
import { staysHere } from './telemetry/stays-here.ts';
import { createTraceBudget } from './telemetry/trace-budget.ts';
import { LINES, writeLine } from './telemetry/write-line.ts';

/** A breaker that opens must be seen within a second, so logs, which carry the news of it, wait less than spans. */
const SPAN_DELAY_MS = 400;
const LOG_DELAY_MS = 200;
/** More traces that begin here in a second tell nothing that these do not, and cost a busy gateway a third of its throughput. */
const TRACES_PER_SECOND_MAX = 500;

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

const spans = new OtlpBatch(resource, openOtlpDoor(endpoint, 'traces'), SPAN_DELAY_MS);
// Who names one of OpenTelemetry's samplers gets it.
const sampling =
  env.OTEL_TRACES_SAMPLER === undefined
    ? new HeadSampling(createTraceBudget(Number(env.TRACES_PER_SECOND_MAX) || TRACES_PER_SECOND_MAX))
    : null;
trace.setGlobalTracerProvider(
  new BasicTracerProvider({
    resource,
    ...(sampling && { sampler: new ParentBasedSampler({ root: sampling }), idGenerator: sampling }),
    spanProcessors: [spansInto(spans)],
  }),
);
context.setGlobalContextManager(new RequestContextManager().enable());
propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
);

const records = new OtlpBatch(resource, openOtlpDoor(endpoint, 'logs'), LOG_DELAY_MS);
logs.setGlobalLoggerProvider(new LoggerProvider({ resource, processors: [logsInto(records)] }));
onLogLine((line) => {
  if (!staysHere(line)) records.add(LINES, line, writeLine);
});

instrument(serviceName, sampling);
onFlushTelemetry(() => spans.flush());
onFlushTelemetry(() => records.flush());
