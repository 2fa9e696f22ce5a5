import type { Ctx } from '#server/context.ts';
import { readServiceInstances } from '#server/store/queries/service-instances.ts';
import { checkRange } from '#server/time/check-range.ts';
import { planRead } from '#server/time/read-plan.ts';
import { readUp } from './read-up.ts';
import type { ServiceInput, ServiceInstance } from './schema.ts';

/** Who exported spans as the service in the newest quarter of an hour of the window, the newest first. */
export async function listInstances(
  { db, store, now }: Pick<Ctx, 'db' | 'store' | 'now'>,
  { service, range }: ServiceInput,
): Promise<ServiceInstance[]> {
  checkRange(range);
  const nowMs = now().getTime();
  const { newest } = planRead(range, nowMs);
  const [instances, up, addresses] = await Promise.all([
    readServiceInstances(store, newest, [service]),
    readUp(store, range.toMs),
    readAddresses(db, service),
  ]);
  const targets = up.targets.filter(({ job }) => job === service);
  const serves = instances.some(({ served }) => served > 0);
  const { seconds } = planRead(newest, nowMs);
  return instances.map(({ instance, version, spans, served, lastSeenMs }, index) => {
    // Scrapes name a target by its address, spans by an id: the registry knows both; beyond it only the one and only can be matched.
    const target =
      targets.find((one) => one.instance === instance || one.instance === addresses.get(instance)) ??
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

/** `host:port` by instance. Who looks at telemetry should see it when the control database is away. */
async function readAddresses(db: Ctx['db'], service: string): Promise<Map<string, string>> {
  const rows = await db.registeredInstance
    .findMany({ where: { service }, select: { instance: true, address: true } })
    .catch(() => []);
  return new Map(rows.map(({ instance, address }) => [instance, new URL(address).host]));
}
