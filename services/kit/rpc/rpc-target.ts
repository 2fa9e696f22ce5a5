/** From the HTTP port of a process, as its admin port is 100 from it. */
const PORT_OFFSET = 200;

/** `host:port` of the gRPC side of a process, by its HTTP address. */
export function rpcTarget(address: string): string {
  const { hostname, port } = new URL(address);
  return `${hostname}:${Number(port) + PORT_OFFSET}`;
}
