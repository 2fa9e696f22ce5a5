import { context } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { beforeEach, expect, it } from 'vitest';
import { HeadSampling } from './head-sampling.ts';

let share: number;
let asked: number;
let sampling: HeadSampling;
let kept: InMemorySpanExporter;
let provider: BasicTracerProvider;
beforeEach(() => {
  [share, asked] = [1 / 4, 0];
  sampling = new HeadSampling(() => {
    asked++;
    return share;
  });
  kept = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor(kept)];
  provider = new BasicTracerProvider({ sampler: sampling, idGenerator: sampling, spanProcessors });
});
const begin = () => provider.getTracer('test').startSpan('GET /a', {}, context.active()).end();

it('keeps the share, and says it in the state of each kept trace', () => {
  for (let n = 0; n < 4_000; n++) begin();
  const spans = kept.getFinishedSpans();
  // 1,000 ± 12 standard deviations.
  expect(Math.abs(spans.length - 1_000)).toBeLessThan(330);
  for (const span of spans) {
    expect(span.spanContext().traceState?.serialize()).toBe('ot=th:c');
    expect(Number.parseInt(span.spanContext().traceId.slice(18, 19), 16)).toBeGreaterThanOrEqual(0xc);
  }
});

it('what was decided before the trace began holds for it, and is decided once', () => {
  let taken = 0;
  for (let n = 0; n < 400; n++)
    if (!sampling.leavesOut({})) {
      taken++;
      // What changes meanwhile is for the next.
      share = 0;
      begin();
      share = 1 / 4;
    }
  expect(taken).toBeGreaterThan(0);
  expect(kept.getFinishedSpans()).toHaveLength(taken);
  expect(new Set(kept.getFinishedSpans().map((span) => span.spanContext().traceId)).size).toBe(taken);
  expect(asked).toBe(400);
});

it('leaves out no request that belongs to a trace already', () => {
  share = 0;
  expect(sampling.leavesOut({})).toBe(true);
  expect(sampling.leavesOut({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` })).toBe(false);
});
