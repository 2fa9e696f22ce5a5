import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type protobuf from 'protobufjs';
import { LogsRequestType, TraceRequestType } from '#server/decode/testing.ts';

const TYPES = new Map<string | undefined, protobuf.Type>([
  ['/v1/traces', TraceRequestType],
  ['/v1/logs', LogsRequestType],
]);
const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

/** An export over OTLP/HTTP as OTLP/JSON writes it, whether it came as protobuf or as JSON; another library than ours reads it. */
export async function readOtlp(request: IncomingMessage): Promise<object> {
  const body = await buffer(request);
  if (request.headers['content-type'] === 'application/json') return JSON.parse(body.toString()) as object;
  const type = TYPES.get(request.url);
  if (!type) throw new Error(`${request.url} is no path of OTLP/HTTP.`);
  return hexIds(type.toObject(type.decode(body), { longs: String, arrays: true })) as object;
}

function hexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hexIds);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    IDS.has(key) ? (member as Buffer).toString('hex') : hexIds(member),
  ]);
  return Object.fromEntries(entries);
}
