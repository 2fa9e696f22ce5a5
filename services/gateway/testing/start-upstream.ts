import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeUpstream {
  origin: string;
  requests: IncomingMessage[];
  /** What it does from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  stop: () => Promise<void>;
}

/** A service on a free port whose answers a test decides. */
export async function startUpstream(answer: RequestListener = (_request, response) => response.end('ok')) {
  const server = createServer((request, response) => {
    upstream.requests.push(request);
    upstream.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream: FakeUpstream = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return upstream;
}
