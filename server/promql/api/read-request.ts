import type { IncomingMessage } from 'node:http';
import { PromqlError } from '../promql-error.ts';

/** Longer forms are nobody's query. */
const FORM_BYTES_MAX = 1024 ** 2;

/** Parameters from the URL and, of a POST, from its form. */
export async function readParams(request: IncomingMessage, url: URL): Promise<URLSearchParams> {
  const params = new URLSearchParams(url.search);
  if (request.method !== 'POST') return params;
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return params;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > FORM_BYTES_MAX)
      throw new PromqlError('bad_data', 'error parsing form values: http: request body too large');
    chunks.push(chunk);
  }
  // As in Go, what the form says comes before what the URL says.
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  for (const [name, value] of params) form.append(name, value);
  return form;
}

/** Aborts when the caller has left before the answer was his. */
export function signalOfCaller(response: {
  once: (event: 'close', listener: () => void) => unknown;
  writableFinished: boolean;
}): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
