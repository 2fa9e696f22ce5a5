import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '#server/errors.ts';

/** Listens on loopback and returns the port; a taken one is an error that says which variable moves it. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new AppError(
          'UNAVAILABLE',
          cause.code === 'EADDRINUSE'
            ? `Port ${port} is taken. The engine (the telemetry store) needs it: stop what listens there, or set ENGINE_PORT to a free port.`
            : `The engine (the telemetry store) cannot listen on port ${port} (ENGINE_PORT): ${cause.message}`,
          { cause },
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
