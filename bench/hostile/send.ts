import { Agent, request } from 'node:http';
import type { Readable } from 'node:stream';

const agent = new Agent({ keepAlive: false });

export interface Sent {
  status: number;
  retryAfter: string | undefined;
  text: string;
}

/** POSTs and returns the answer, also one that comes before all is sent; status 0 when the connection was cut without one. */
export function send(url: string, headers: Record<string, string>, body: Buffer | Readable): Promise<Sent> {
  return new Promise((resolve) => {
    const sending = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      const settle = () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text });
      response.once('end', settle);
      response.once('error', settle);
    });
    // A refused body is cut off while it is still being sent: by then the answer is here.
    sending.on('error', (error) =>
      setTimeout(() => resolve({ status: 0, retryAfter: undefined, text: String(error) }), 500),
    );
    if (Buffer.isBuffer(body)) sending.end(body);
    else body.pipe(sending);
  });
}
