import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readOtlp } from './read-otlp.ts';

export interface ReceivedSpan {
  service: string;
  name: string;
  /** 1 internal, 2 server, 3 client. */
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  /** 0 unset, 2 error. */
  status: number;
  durationMs: number;
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
}

export interface ReceivedLog {
  service: string;
  body: string;
  eventName: string;
  traceId: string;
  atMs: number;
  attributes: Record<string, unknown>;
}

export interface OtlpReceiver {
  url: string;
  spans: ReceivedSpan[];
  logs: ReceivedLog[];
  /** Resolves with the spans once `enough` says so; throws with what is there after `timeoutMs`. */
  waitForSpans: (enough: (spans: ReceivedSpan[]) => boolean, timeoutMs?: number) => Promise<ReceivedSpan[]>;
  stop: () => Promise<void>;
}

/** A collector for tests: takes OTLP/HTTP and keeps it in memory. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const logs: ReceivedLog[] = [];
  const server = createServer(async (request, response) => {
    const body = (await readOtlp(request)) as OtlpBody;
    spans.push(...readSpans(body));
    logs.push(...readLogs(body));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    logs,
    waitForSpans: async (enough, timeoutMs = 30_000) => {
      for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
        if (enough(spans)) return spans;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const names = spans.map(({ service, kind, name }) => `${service} ${kind} ${name}`);
      throw new Error(`Not enough spans came in ${timeoutMs} ms:\n${names.join('\n')}`);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface OtlpAttribute {
  key: string;
  value: { stringValue?: string; intValue?: string | number; boolValue?: boolean; doubleValue?: number };
}

interface OtlpBody {
  resourceSpans?: { resource: { attributes: OtlpAttribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
  resourceLogs?: { resource: { attributes: OtlpAttribute[] }; scopeLogs: { logRecords: OtlpLog[] }[] }[];
}

interface OtlpSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status?: { code?: number };
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OtlpAttribute[];
  events?: { name: string; attributes?: OtlpAttribute[] }[];
}

interface OtlpLog {
  body?: { stringValue?: string };
  eventName?: string;
  traceId?: string;
  timeUnixNano: string;
  attributes: OtlpAttribute[];
}

function readSpans(body: OtlpBody): ReceivedSpan[] {
  return (body.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        service: String(toObject(resource.attributes)['service.name']),
        name: span.name,
        kind: span.kind,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        status: span.status?.code ?? 0,
        durationMs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
        attributes: { ...toObject(resource.attributes), ...toObject(span.attributes) },
        events: (span.events ?? []).map((each) => ({ name: each.name, attributes: toObject(each.attributes ?? []) })),
      })),
    ),
  );
}

function readLogs(body: OtlpBody): ReceivedLog[] {
  return (body.resourceLogs ?? []).flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map((record) => ({
        service: String(toObject(resource.attributes)['service.name']),
        body: record.body?.stringValue ?? '',
        eventName: record.eventName ?? '',
        traceId: record.traceId ?? '',
        atMs: Number(BigInt(record.timeUnixNano) / 1_000_000n),
        attributes: toObject(record.attributes),
      })),
    ),
  );
}

function toObject(attributes: OtlpAttribute[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ??
        value.boolValue ??
        value.doubleValue ??
        (value.intValue === undefined ? null : Number(value.intValue)),
    ]),
  );
}
