import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { rpcTarget } from '../rpc/rpc-target.ts';

/** A free port whose gRPC side is free as well. */
export async function freeRpcPort(): Promise<number> {
  for (;;) {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { port } = http.address() as AddressInfo;
    const grpcPort = Number(rpcTarget(`http://127.0.0.1:${port}`).split(':')[1]);
    const grpc = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      if (grpcPort > 65_535) resolve(false);
      else grpc.once('error', () => resolve(false)).listen(grpcPort, '127.0.0.1', () => resolve(true));
    });
    await Promise.all([http, grpc].map((server) => new Promise((resolve) => server.close(resolve))));
    if (isFree) return port;
  }
}
