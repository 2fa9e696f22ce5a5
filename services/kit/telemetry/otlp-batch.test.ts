import { createTraceState, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogsRequestType, TraceRequestType } from '#server/decode/testing.ts';
import { OtlpBatch } from './otlp-batch.ts';
import { writeLog } from './write-log.ts';
import { writeSpan } from './write-span.ts';

const resource = resourceFromAttributes({ 'service.name': 'gateway', 'service.version': '0.1.0', n: 7 });

/** A batch whose door keeps what it is given until `answer` lets it go. */
function openBatch(delayMs = 60_000) {
  const sent: { body: Uint8Array; answer: (code?: number) => void }[] = [];
  const door = {
    export: (body: Uint8Array, callback: (result: ExportResult) => void) =>
      void sent.push({ body, answer: (code = 0) => callback({ code }) }),
  };
  return { batch: new OtlpBatch(resource, door, delayMs), sent };
}

const ids = { traceId: 'ab'.repeat(15) + '0f', spanId: '00f067aa0ba902b7', traceFlags: TraceFlags.SAMPLED };
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 40, maxLength: 300 }),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.array(fc.string(), { maxLength: 4 }),
);
const attributes = fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), value, { maxKeys: 12 });
const moment = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });

test('spans are what OpenTelemetry writes of them, whatever is in them', () => {
  fc.assert(
    fc.property(
      fc.record({
        name: fc.string(),
        attributes,
        event: attributes,
        at: moment,
        ms: fc.nat(1e7),
        isRemote: fc.boolean(),
      }),
      fc.constantFrom(...(Object.values(SpanKind) as SpanKind[]).filter((kind) => typeof kind === 'number')),
      fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR),
      ({ name, attributes: own, event, at, ms, isRemote }, kind, code) => {
        const parent = { ...ids, isRemote, traceState: createTraceState('a=1,b=2') };
        const span = record((tracer) => {
          const made = tracer.startSpan(
            name,
            { kind, attributes: own, startTime: at, links: [{ context: parent, attributes: event }] },
            trace.setSpanContext(ROOT_CONTEXT, parent),
          );
          made.addEvent('happened', event, at).setStatus({ code, message: name });
          made.end(at.getTime() + ms);
        });
        expectSame(span);
      },
    ),
    { numRuns: 80 },
  );
});

test('a span that dropped some of what it was given says so', () => {
  const tooMany = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key ${index}`, index]));
  const span = record((tracer) => tracer.startSpan('full', { attributes: tooMany }).end());
  expect(span.droppedAttributesCount).toBe(72);
  expectSame(span);
});

test('log records are what OpenTelemetry writes of them, whatever is in them', () => {
  fc.assert(
    fc.property(
      fc.record({ body: value, attributes, timestamp: moment, severityNumber: fc.nat(24), eventName: fc.string() }),
      (given) => {
        const records: ReadableLogRecord[] = [];
        const keep = { onEmit: (made: ReadableLogRecord) => void records.push(made) };
        const provider = new LoggerProvider({ resource, processors: [{ ...keep, ...NOTHING }] });
        const context = trace.setSpanContext(ROOT_CONTEXT, ids);
        provider.getLogger('logs', '1').emit({ ...given, severityText: 'info', context });
        const { batch, sent } = openBatch();
        for (const each of records) batch.add(each.instrumentationScope, each, writeLog);
        void batch.flush();
        expect(plain(LogsRequestType, sent[0]!.body)).toEqual(
          plain(LogsRequestType, ProtobufLogsSerializer.serializeRequest(records)!),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('each scope is named once, with its own', () => {
  const { batch, sent } = openBatch();
  for (const scope of ['http', 'pg', 'http'])
    batch.add(
      SCOPES[scope]!,
      record((tracer) => tracer.startSpan(`of ${scope}`).end()),
      writeSpan,
    );
  void batch.flush();
  const { scopeSpans } = (plain(TraceRequestType, sent[0]!.body) as Request).resourceSpans[0]!;
  expect(scopeSpans.map(({ scope, spans }) => [scope.name, spans.map(({ name }) => name)])).toEqual([
    ['http', ['of http', 'of http']],
    ['pg', ['of pg']],
  ]);
});

test('one batch is under way at a time; what comes meanwhile waits, and flush waits for no turn', async () => {
  const { batch, sent } = openBatch();
  const add = (count: number) => {
    for (let index = 0; index < count; index++)
      batch.add(SCOPES.http!, 'x'.repeat(1_000), (to, text) => to.string(5, text));
  };
  add(300);
  expect(sent).toHaveLength(1);
  add(300);
  expect(sent).toHaveLength(1);
  sent[0]!.answer();
  await expect.poll(() => sent.length).toBe(2);
  add(1);
  const flushed = batch.flush();
  expect(sent).toHaveLength(3);
  for (const { answer } of sent) answer();
  await flushed;
});

test('a collector that takes nothing costs eight megabytes and no more, and one that comes back gets what is new', async () => {
  const { batch, sent } = openBatch();
  const add = () => batch.add(SCOPES.http!, 'x'.repeat(100_000), (to, text) => to.string(5, text));
  for (let index = 0; index < 200; index++) add();
  const held = () => sent.reduce((bytes, { body }) => bytes + body.length, 0);
  sent[0]!.answer(1);
  await expect.poll(() => sent.length).toBe(2);
  expect(held()).toBeLessThan(9 * 1024 ** 2);
  sent[1]!.answer();
  await batch.flush();
  add();
  void batch.flush();
  expect(sent).toHaveLength(3);
});

const NOTHING = { onStart: () => {}, forceFlush: async () => {}, shutdown: async () => {} };
const SCOPES: Record<string, { name: string; version?: string }> = {
  http: { name: 'http', version: '1' },
  pg: { name: 'pg' },
};

function record(make: (tracer: ReturnType<BasicTracerProvider['getTracer']>) => void): ReadableSpan {
  const spans: ReadableSpan[] = [];
  const keep = { onEnd: (span: ReadableSpan) => void spans.push(span) };
  make(new BasicTracerProvider({ resource, spanProcessors: [{ ...NOTHING, ...keep }] }).getTracer('spans', '1'));
  return spans[0]!;
}

function expectSame(span: ReadableSpan): void {
  const { batch, sent } = openBatch();
  batch.add(span.instrumentationScope, span, writeSpan);
  void batch.flush();
  expect(plain(TraceRequestType, sent[0]!.body)).toEqual(
    plain(TraceRequestType, ProtobufTraceSerializer.serializeRequest([span])!),
  );
}

interface Request {
  resourceSpans: { scopeSpans: { scope: { name: string }; spans: { name: string }[] }[] }[];
}

/** As protobufjs reads it; what is absent has its default. */
function plain(type: typeof TraceRequestType, body: Uint8Array): object {
  return type.toObject(type.decode(body), { longs: String, bytes: String, defaults: true, oneofs: true });
}
