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
  send(response, 200, encoding, encodeOutcome(outcome));
}

/** The body of an error is a google.rpc.Status in the encoding of the request. */
export function sendRefusal(response: ServerResponse, encoding: Encoding, refusal: HttpRefusal): void {
  for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
  const code = rpcCode(refusal);
  if (encoding === 'json') send(response, refusal.status, encoding, JSON.stringify({ code, message: refusal.message }));
  else send(response, refusal.status, encoding, encodeStatus(code, refusal.message));
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

export function rpcCode({ status }: HttpRefusal): number {
  return RPC_CODES[status] ?? 2;
}

/** An Export*ServiceResponse, whose one field is the partial success. */
export function encodeOutcome({ rejected, message }: Outcome): Buffer {
  const partial = twoFields(rejected, message);
  const out = new ByteBuffer();
  if (partial.length > 0) writeField(out, 1, partial);
  return out.written();
}

/** A google.rpc.Status; with a time to wait it has a google.rpc.RetryInfo among its details. */
export function encodeStatus(code: number, message: string, retryAfterSeconds?: number): Buffer {
  const out = twoFields(code, message);
  if (retryAfterSeconds === undefined) return out;
  const retryInfo = new ByteBuffer();
  writeField(retryInfo, 1, twoFields(retryAfterSeconds, ''));
  const detail = new ByteBuffer();
  writeField(detail, 1, Buffer.from('type.googleapis.com/google.rpc.RetryInfo'));
  writeField(detail, 2, retryInfo.written());
  const details = new ByteBuffer();
  writeField(details, 3, detail.written());
  return Buffer.concat([out, details.written()]);
}

/** `{ 1: number, 2: text }`, which is google.rpc.Status, a PartialSuccess and, without text, a Duration. */
function twoFields(number: number, text: string): Buffer {
  const out = new ByteBuffer();
  if (number > 0) {
    out.u8(0x08);
    out.varuint(number);
  }
  if (text !== '') writeField(out, 2, Buffer.from(text));
  return out.written();
}

function writeField(out: ByteBuffer, field: number, bytes: Uint8Array): void {
  out.u8((field << 3) | 2);
  out.blob(bytes, 0, bytes.length);
}

function send(response: ServerResponse, status: number, encoding: Encoding, body: string | Buffer): void {
  const type = encoding === 'json' ? 'application/json' : 'application/x-protobuf';
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}
