/** Ports whose requests make no spans: the admin servers of this process. */
export const UNTRACED_PORTS = new Set<number>();

const UNTRACED_PATHS = new Set(['/metrics', '/livez', '/readyz', '/health', '/api/health', '/api/health/circuits']);

/** Probes and scrapes come every few seconds from machines: as spans they would bury what people do. */
export function isUntraced(url: string | undefined, localPort: number | undefined): boolean {
  if (localPort !== undefined && UNTRACED_PORTS.has(localPort)) return true;
  return UNTRACED_PATHS.has(url?.split('?', 1)[0] ?? '');
}
