import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '#server/errors.ts';

export interface Door {
  host: string;
  port: number;
  /** The environment variable that moves it. */
  variable: string;
  /** What it is for, as a person would say it. */
  purpose: string;
}

/** Listens and returns the port; a taken one is an error that names the port, who needs it and what moves it. */
export function listen(server: Server, { host, port, variable, purpose }: Door): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE'
          ? `Port ${port} is taken, and the collector needs it for ${purpose}. Stop the program that listens there, or move this port with ${variable}=<port>.`
          : `The collector cannot listen on ${host}:${port} for ${purpose} (${variable}): ${cause.message}`;
      reject(new AppError(cause.code === 'EADDRINUSE' ? 'CONFLICT' : 'UNAVAILABLE', reason, { cause }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
