import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readOtlp } from '#services/kit/testing/read-otlp.ts';

type Value = {
  stringValue?: string;
  intValue?: string | number;
  doubleValue?: number;
  arrayValue?: { values: Value[] };
};
type Attributes = { key: string; value: Value }[];
interface Batch {
  resource: { attributes: Attributes };
  scopeLogs?: { logRecords: { eventName?: string; attributes: Attributes }[] }[];
  scopeSpans?: { spans: RawSpan[] }[];
}
interface RawSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: Attributes;
}

export type Plain = Record<string, unknown>;
export interface ReceivedEvent {
  name: string;
  atMs: number;
  resource: Plain;
  attributes: Plain;
}
export interface ReceivedSpan extends Omit<RawSpan, 'attributes'> {
  attributes: Plain;
}

/** What a collector would get, on a free port. */
export async function startOtlpReceiver() {
  const events: ReceivedEvent[] = [];
  const spans: ReceivedSpan[] = [];
  const server = createServer(async (request, response) => {
    const body = (await readOtlp(request)) as { resourceLogs?: Batch[]; resourceSpans?: Batch[] };
    for (const { resource, scopeLogs } of body.resourceLogs ?? []) {
      for (const { eventName, attributes } of scopeLogs?.flatMap(({ logRecords }) => logRecords) ?? []) {
        if (!eventName) continue;
        events.push({
          name: eventName,
          atMs: Date.now(),
          resource: plain(resource.attributes),
          attributes: plain(attributes),
        });
      }
    }
    for (const { scopeSpans } of body.resourceSpans ?? []) {
      for (const span of scopeSpans?.flatMap((scope) => scope.spans) ?? []) {
        spans.push({ ...span, attributes: plain(span.attributes) });
      }
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    spans,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function plain(attributes: Attributes): Plain {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue({ stringValue, intValue, doubleValue, arrayValue }: Value): unknown {
  if (arrayValue) return arrayValue.values.map(plainValue);
  return intValue === undefined ? (stringValue ?? doubleValue) : Number(intValue);
}
