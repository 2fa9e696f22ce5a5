import { FLEET } from '#config/fleet.ts';
import type { Log } from '#services/kit/log.ts';
import { memberUrl } from '#services/kit/service-url.ts';

const ASK_EVERY_MS = 250;
const ASK_TIMEOUT_MS = 1_000;

/** Until gateway and services are ready: a shop that is only opening is no failure to show anybody. */
export async function waitForShop(log: Log, signal: AbortSignal): Promise<void> {
  const shops = FLEET.map(({ name }) => name).filter((name) => name !== 'traffic');
  for (const name of shops) {
    let told = false;
    while (!signal.aborted && !(await isReady(name))) {
      if (!told) log.info({ service: name }, `waiting for ${name}`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }
}

async function isReady(name: string): Promise<boolean> {
  try {
    const response = await fetch(`${memberUrl(name)}/readyz`, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
