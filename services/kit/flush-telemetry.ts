const flushers: (() => Promise<void>)[] = [];

/** The telemetry preload says here how to send what it still holds. */
export function onFlushTelemetry(flush: () => Promise<void>): void {
  flushers.push(flush);
}

/** Sends spans and logs that wait for their batch, for at most `timeoutMs`: an absent collector must not hold up the end. */
export async function flushTelemetry(timeoutMs = 1_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.allSettled(flushers.map((flush) => flush())), timeout]);
  clearTimeout(timer);
}
