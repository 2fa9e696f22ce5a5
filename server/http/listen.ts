import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '#server/errors.ts';

/** Listens and returns the port; a taken one is an error that names the port and what moves it. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      const reason = isTaken
        ? `Port ${port} is taken, and the console needs it for its pages and API. Stop the program that listens there, or move this port with CONSOLE_PORT=<port>.`
        : `The console cannot listen on ${host}:${port} (HOST, CONSOLE_PORT): ${cause.message}`;
      reject(new AppError(isTaken ? 'CONFLICT' : 'UNAVAILABLE', reason, { cause }));
    };
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
