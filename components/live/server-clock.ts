// Not a client module: pages that prefetch on the server ask it for the time too.

let skewMs = 0;

/** Sets how far the server's clock is ahead of ours, so that ages are right on a machine whose clock is not. */
export function setServerClock(serverNowMs: number): void {
  const measured = serverNowMs - Date.now();
  // Network jitter moves the measure by some milliseconds with every tick; only a real difference counts.
  if (Math.abs(measured - skewMs) > 2000) skewMs = Math.abs(measured) > 2000 ? measured : 0;
}

/** The server's time as far as this tab knows it. */
export function serverNow(): number {
  return Date.now() + skewMs;
}
