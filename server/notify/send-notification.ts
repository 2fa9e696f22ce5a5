import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Notification } from '#prisma/generated/client.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import type { Outcome } from './channels/channel.ts';
import { decideAttempt } from './decide-attempt.ts';
import { NotificationContent } from './notification-content.ts';
import type { ChannelConfig } from './parse-channels-file.ts';

/** Longer than a POST may take: after it another worker may take the notification over. */
const CLAIM_MS = 30_000;

export interface SendContext {
  db: PrismaClient;
  publicUrl: string;
  now: () => Date;
}

/**
 * Claims one notification, sends it and keeps what became of it; null when another worker was quicker. A worker that dies
 * between the two leaves the claim to run out: people may be told twice, never not at all.
 */
export async function sendNotification(
  { db, publicUrl, now }: SendContext,
  notification: Notification,
  channel: ChannelConfig,
): Promise<Notification | null> {
  const { id } = notification;
  const { count } = await db.notification.updateMany({
    where: { id, attempts: notification.attempts, status: { in: ['queued', 'retrying'] } },
    data: { attempts: { increment: 1 }, nextAttemptAt: new Date(now().getTime() + CLAIM_MS) },
  });
  if (count === 0) return null;
  const attributes = { 'switchyard.channel': channel.name, 'switchyard.notification': notification.id };
  const outcome = await inSpan('send notification', { kind: SpanKind.PRODUCER, attributes }, async (span) => {
    const told = await attempt(notification, channel, publicUrl);
    if (told.kind !== 'sent') span.setStatus({ code: SpanStatusCode.ERROR, message: told.reason });
    return told;
  });
  const record = decideAttempt(outcome, notification.attempts + 1, now());
  const finishedAt = record.status === 'retrying' ? null : now();
  return db.notification.update({ where: { id }, data: { ...record, finishedAt } });
}

async function attempt(notification: Notification, channel: ChannelConfig, publicUrl: string): Promise<Outcome> {
  if (channel.send === null) return { kind: 'failed', reason: channel.hint };
  const content = NotificationContent.safeParse(notification.content);
  if (!content.success) return { kind: 'failed', reason: 'The stored notification is not readable by this version.' };
  try {
    const { event } = notification;
    return await channel.send({ event, receiver: channel.name, content: content.data, publicUrl });
  } catch (error) {
    // A fault of ours in rendering: the same message would fail the same way.
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
