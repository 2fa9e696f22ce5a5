import { setTimeout as sleep } from 'node:timers/promises';

const DRAIN_MS_MAX = 300_000;

/** Returns when nothing that was acknowledged waits for the store; answers how long that took. */
export async function waitDrained(adminUrl: string): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < DRAIN_MS_MAX) {
    const usage = await readWalUsage(adminUrl);
    if (usage.bytes === 0 && usage.waitingBytes === 0) return performance.now() - started;
    await sleep(50);
  }
  throw new Error(`The store did not take what was acknowledged within ${DRAIN_MS_MAX / 1000} s.`);
}

export async function readWalUsage(adminUrl: string): Promise<{ bytes: number; waitingBytes: number }> {
  const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^switchyard_collector_${name} (\\S+)`, 'm').exec(metrics)?.[1]);
  return { bytes: read('wal_bytes'), waitingBytes: read('wal_waiting_bytes') };
}
