/** Ports whose requests make no spans: the admin servers of this process. */
export const UNTRACED_PORTS = new Set<number>();

let leavesOutEarly = false;

/**
 * Called by a server that tells whom it calls by itself when no trace is kept: then nothing is made for such a request. Elsewhere
 * the instrumentation's empty span passes it on.
 */
export function leaveOutEarly(): void {
  leavesOutEarly = true;
}

export function mayLeaveOutEarly(): boolean {
  return leavesOutEarly;
}

const UNTRACED_PATHS = new Set([
  '/metrics',
  '/metrics.json',
  '/livez',
  '/readyz',
  '/health',
  '/api/health',
  '/api/health/circuits',
]);

/** Probes and scrapes come every few seconds from machines: as spans they would bury what people do. */
export function isUntraced(url: string | undefined, localPort: number | undefined): boolean {
  if (localPort !== undefined && UNTRACED_PORTS.has(localPort)) return true;
  return UNTRACED_PATHS.has(url?.split('?', 1)[0] ?? '');
}
