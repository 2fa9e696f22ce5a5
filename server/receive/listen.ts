import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '#server/errors.ts';

export interface Address {
  host: string;
  port: number;
  /** The environment variable that moves it. */
  variable: string;
  /** What it is for, as a person would say it. */
  purpose: string;
}

/** Listens and returns the port; a taken one is an error that names the port, who needs it and what moves it. */
export function listen(server: Server, address: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(explainListenError(address, cause, cause.code === 'EADDRINUSE')),
    );
    server.listen(address.port, address.host, () => resolve((server.address() as AddressInfo).port));
  });
}

export function explainListenError(address: Address, cause: Error, isTaken: boolean): AppError {
  const { host, port, variable, purpose } = address;
  const reason = isTaken
    ? `Port ${port} is taken, and the collector needs it for ${purpose}. Stop the program that listens there, or move this port with ${variable}=<port>.`
    : `The collector cannot listen on ${host}:${port} for ${purpose} (${variable}): ${cause.message}`;
  return new AppError(isTaken ? 'CONFLICT' : 'UNAVAILABLE', reason, { cause });
}
