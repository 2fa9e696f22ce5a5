import type { Ctx } from '#server/context.ts';
import type { Channel } from '#server/rules/schema.ts';
import { toDelivery } from './to-delivery.ts';

/** The channels of config/channels.yaml, each with its last delivery; the file itself in their place when it is wrong. */
export async function listChannels({ db, config }: Pick<Ctx, 'db' | 'config'>): Promise<Channel[]> {
  const latest = await db.notification.findMany({
    where: { attempts: { gt: 0 } },
    distinct: ['channel'],
    orderBy: [{ channel: 'asc' }, { createdAt: 'desc' }, { id: 'desc' }],
  });
  const lastOf = new Map(latest.map((row) => [row.channel, toDelivery(row)]));
  const channels = config.channels.values().map(({ name, kind, send, hint }) => ({
    name,
    kind,
    configured: send !== null,
    hint,
    lastDelivery: lastOf.get(name) ?? null,
  }));
  const faults = config.channels.errors().map(({ file, message }) => ({
    name: file,
    kind: null,
    configured: false,
    hint: `config/${file} cannot be read: ${message}`,
    lastDelivery: null,
  }));
  return [...channels, ...faults];
}
