import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';

/** What answers everything that is not the API. */
export interface Pages {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Web sockets; absent when there are none to serve. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close: () => Promise<void>;
}

export interface PagesOptions {
  dir: string;
  isDevelopment: boolean;
  host: string;
  port: number;
}

/** Next's pages of the build in `dir`/.next, or compiled on demand in development. They meet the console through its API only. */
export async function openPages({ dir, isDevelopment, host, port }: PagesOptions): Promise<Pages> {
  // Next would listen for web sockets on our server by itself, past the judge: it is given a server that hears only what is passed on.
  const sockets = createServer();
  const app = next({ dir, dev: isDevelopment, hostname: host, port, httpServer: sockets });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    ...(isDevelopment && { upgrade: (request, socket, head) => void sockets.emit('upgrade', request, socket, head) }),
    close: () => app.close(),
  };
}
