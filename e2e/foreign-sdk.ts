// A program that is not ours: OpenTelemetry's own SDK with its defaults, told nothing but the endpoint and its name.
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'warehouse-robot' }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();
const tracer = trace.getTracer('robot');
tracer.startActiveSpan(
  'GET /shelves/:id',
  { kind: SpanKind.SERVER, attributes: { 'http.route': '/shelves/:id' } },
  (span) => {
    tracer.startActiveSpan('pick item', (child) => {
      child.setStatus({ code: SpanStatusCode.ERROR, message: 'gripper <script>alert(1)</script> jammed' });
      child.end();
    });
    span.end();
    process.stdout.write(span.spanContext().traceId);
  },
);
await provider.shutdown();
