import type { Notification } from '#prisma/generated/client.ts';
import type { Delivery } from '#server/rules/schema.ts';

export function toDelivery(row: Notification): Delivery {
  return {
    channel: row.channel,
    status: row.status,
    event: row.event,
    atMs: (row.finishedAt ?? row.createdAt).getTime(),
    attempts: row.attempts,
    reason: row.reason,
  };
}
