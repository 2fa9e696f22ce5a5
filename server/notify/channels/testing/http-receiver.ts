import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface HttpReceiver {
  url: string;
  received: { headers: IncomingHttpHeaders; body: any }[];
  /** The status of what is answered from now on; 202 at first. */
  answerWith: (status: number) => void;
  stop: () => void;
}

/** A local receiver of JSON that remembers what it was sent. */
export async function startHttpReceiver(): Promise<HttpReceiver> {
  const received: HttpReceiver['received'] = [];
  let status = 202;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(status).end('noted');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`,
    received,
    answerWith: (next) => (status = next),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
