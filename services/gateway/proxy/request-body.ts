import { Transform, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CallAborted, CLIENT_GONE } from './upstream-fault.ts';

export interface BodyLimits {
  bytesMax: number;
  /** A client that trickles its body would hold a connection to the service, and a trial of its breaker. */
  uploadTimeoutMs: number;
}

/** The body of a request, passed on as it comes; it fails with CallAborted when it is too large or too slow. */
export function limitBody(source: Readable, limits: BodyLimits): Readable {
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limits.bytesMax) done(tooLarge(limits.bytesMax));
      else done(null, chunk);
    },
  });
  const timer = setTimeout(() => body.destroy(tooSlow(limits.uploadTimeoutMs)), limits.uploadTimeoutMs).unref();
  body.once('close', () => {
    clearTimeout(timer);
    source.unpipe(body);
    // What the client still sends is read away, so that it gets to read the answer.
    source.resume();
  });
  source.once('error', () => body.destroy(CLIENT_GONE));
  source.once('end', () => clearTimeout(timer));
  return source.pipe(body);
}

/** The whole body, for a call that may have to be sent twice. */
export function readBody(source: Readable, limits: BodyLimits): Promise<Buffer> {
  return buffer(limitBody(source, limits));
}

export function tooLarge(bytesMax: number): CallAborted {
  const detail = `The body is larger than ${bytesMax} bytes.`;
  return new CallAborted({ side: 'client', kind: 'body_too_large', status: 413, detail, isRetryable: false });
}

function tooSlow(afterMs: number): CallAborted {
  const detail = `The body did not arrive within ${afterMs} ms.`;
  return new CallAborted({ side: 'client', kind: 'upload_timeout', status: 408, detail, isRetryable: false });
}
