import type { Ctx } from '#server/context.ts';
import { readServiceInstances } from '#server/store/queries/service-instances.ts';
import { checkRange } from '#server/time/check-range.ts';
import { planRead } from '#server/time/read-plan.ts';
import { readUp } from './read-up.ts';
import type { ServiceInput, ServiceInstance } from './schema.ts';

/** Who exported spans as the service in the newest quarter of an hour of the window, the newest first. */
export async function listInstances(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { service, range }: ServiceInput,
): Promise<ServiceInstance[]> {
  checkRange(range);
  const nowMs = now().getTime();
  const { newest } = planRead(range, nowMs);
  const [instances, up] = await Promise.all([
    readServiceInstances(store, newest, [service]),
    readUp(store, range.toMs),
  ]);
  const targets = up.targets.filter(({ job }) => job === service);
  const serves = instances.some(({ served }) => served > 0);
  const { seconds } = planRead(newest, nowMs);
  return instances.map(({ instance, version, spans, served, lastSeenMs }, index) => {
    // Scrapes name a target by its address, spans by an id: beyond equal names only the one and only can be matched.
    const target =
      targets.find((one) => one.instance === instance) ??
      (targets.length === 1 && index === 0 ? targets[0] : undefined);
    return {
      instance,
      version: version || null,
      up: target?.isUp ?? null,
      requestsPerS: (serves ? served : spans) / seconds,
      lastSeenMs,
    };
  });
}
