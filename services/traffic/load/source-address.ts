const WORKERS_A_BYTE = 250;

/**
 * An address of its own for each shopper, as in life, where a quota is for one client: Linux gives a process all of 127.0.0.0/8. Null where
 * that is not possible, so that all shoppers are one client to the gateway.
 */
export function sourceAddress(worker: number, gatewayUrl: string, platform: NodeJS.Platform): string | null {
  const { hostname } = new URL(gatewayUrl);
  if (platform !== 'linux' || !(hostname === 'localhost' || /^127(\.\d{1,3}){3}$/.test(hostname))) return null;
  return `127.77.${Math.floor(worker / WORKERS_A_BYTE)}.${1 + (worker % WORKERS_A_BYTE)}`;
}
