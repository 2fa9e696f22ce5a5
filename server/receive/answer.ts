import type { ServerResponse } from 'node:http';
import { ByteBuffer } from '#server/decode/byte-buffer.ts';

export type Encoding = 'json' | 'protobuf';

/** What a partial success says; nothing rejected and a message is a warning. */
export interface Outcome {
  rejected: number;
  message: string;
}

/** A request that is not answered with success; thrown anywhere between the request line and the disk. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** `rejectedField` is what the signal calls its rejected items: rejectedSpans, rejectedLogRecords, ... */
export function sendSuccess(
  response: ServerResponse,
  encoding: Encoding,
  outcome: Outcome,
  rejectedField: string,
): void {
  if (encoding === 'json') {
    const { rejected, message } = outcome;
    const partialSuccess = { ...(rejected > 0 && { [rejectedField]: String(rejected) }), errorMessage: message };
    return send(response, 200, encoding, JSON.stringify(message === '' ? {} : { partialSuccess }));
  }
  send(response, 200, encoding, twoFields(outcome.rejected, outcome.message, 0x0a));
}

/** The body of an error is a google.rpc.Status in the encoding of the request. */
export function sendRefusal(response: ServerResponse, encoding: Encoding, refusal: HttpRefusal): void {
  for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
  const code = RPC_CODES[refusal.status] ?? 2;
  if (encoding === 'json') send(response, refusal.status, encoding, JSON.stringify({ code, message: refusal.message }));
  else send(response, refusal.status, encoding, twoFields(code, refusal.message));
}

/** As google.rpc.Code: INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE. */
const RPC_CODES: Record<number, number> = {
  400: 3,
  403: 7,
  404: 5,
  405: 12,
  408: 4,
  413: 8,
  415: 3,
  429: 8,
  500: 13,
  501: 12,
  503: 14,
};

/** `{ 1: number, 2: text }`, which is both google.rpc.Status and a PartialSuccess; in a field of its own if `tag` says so. */
function twoFields(number: number, text: string, tag?: number): Buffer {
  const inner = new ByteBuffer();
  if (number > 0) {
    inner.u8(0x08);
    inner.varuint(number);
  }
  if (text !== '') {
    inner.u8(0x12);
    inner.text(text);
  }
  if (tag === undefined || inner.length === 0) return inner.written();
  const outer = new ByteBuffer();
  outer.u8(tag);
  outer.blob(inner.bytes, 0, inner.length);
  return outer.written();
}

function send(response: ServerResponse, status: number, encoding: Encoding, body: string | Buffer): void {
  const type = encoding === 'json' ? 'application/json' : 'application/x-protobuf';
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}
