import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, ParentBasedSampler } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import packageJson from '#package.json' with { type: 'json' };
import type { Env } from '#server/env.ts';
import { consistentSampler } from '#services/kit/telemetry/consistent-sampler.ts';
import { OWN_PREFIX } from './own-service.ts';

const EXPORT_TIMEOUT_MS = 5_000;
const DELAY_MS = 1_000;
/** A console that people work with makes some hundred spans a second. */
const QUEUE_MAX = 4_096;

const LAST_EXPORT_MS = 300;
const ASKED = new Set([SpanKind.SERVER, SpanKind.PRODUCER]);

/** What share of the traces that begin here is kept. */
export interface TraceShares {
  /** Answers to somebody, and messages to somebody. */
  asked: number;
  /** Rounds that a process makes by itself. */
  own: number;
}

/** Sends the spans of this process through the door that all others use; returns what sends the last of them. */
export function startTracing(name: string, env: Env, shares: TraceShares): () => Promise<void> {
  if (env.OTEL_TRACES_EXPORTER !== 'otlp') return async () => {};
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': `${OWN_PREFIX}${name}`,
      'service.namespace': 'switchyard',
      'service.version': packageJson.version,
      'service.instance.id': `${name}-${process.pid}`,
    }),
    sampler: new ParentBasedSampler({
      root: consistentSampler((kind) => (ASKED.has(kind) ? shares.asked : shares.own)),
    }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({
          url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`,
          timeoutMillis: EXPORT_TIMEOUT_MS,
        }),
        { scheduledDelayMillis: DELAY_MS, exportTimeoutMillis: EXPORT_TIMEOUT_MS, maxQueueSize: QUEUE_MAX },
      ),
    ],
  });
  provider.register();
  return async () => {
    // The collector may have stopped before, and an exporter tries again for seconds.
    await Promise.race([provider.shutdown().catch(() => undefined), sleep(LAST_EXPORT_MS)]);
  };
}
