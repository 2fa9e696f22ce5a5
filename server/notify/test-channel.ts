import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import type { Delivery, TestChannelInput } from '#server/rules/schema.ts';
import type { NotificationContent } from './notification-content.ts';
import { toDelivery } from './to-delivery.ts';

/** Sends a message that says it is a test, once and now, and keeps what the receiver answered. */
export async function testChannel(
  ctx: Pick<Ctx, 'db' | 'config' | 'actor' | 'now'>,
  { name }: z.infer<typeof TestChannelInput>,
): Promise<Delivery> {
  const { db, config, actor } = ctx;
  requireRole(actor, 'editor');
  const channel = config.channels.values().find((known) => known.name === name);
  if (!channel) throw new AppError('NOT_FOUND', `There is no channel ${name} in config/channels.yaml.`);
  if (channel.send === null) throw new AppError('BAD_REQUEST', channel.hint);
  const createdAt = ctx.now();
  const content = testContent(actor.name, createdAt);
  const outcome = await channel.send({ event: 'test', receiver: name, content, publicUrl: config.publicUrl });
  const row = await db.$transaction(async (tx) => {
    await writeAudit(tx, { actor, at: createdAt, verb: 'channels.test', subject: name, input: { name } });
    await sendHint(tx, { kind: 'alert', fingerprint: '', rule: '', state: 'channel tested' });
    return tx.notification.create({
      data: {
        channel: name,
        event: 'test',
        content,
        status: outcome.kind === 'sent' ? 'sent' : 'failed',
        attempts: 1,
        reason: outcome.reason,
        createdAt,
        nextAttemptAt: createdAt,
        finishedAt: ctx.now(),
      },
    });
  });
  return toDelivery(row);
}

function testContent(who: string, at: Date): NotificationContent {
  return {
    groupKey: 'switchyard-test',
    groupLabels: {},
    alerts: [
      {
        alertId: null,
        fingerprint: 'switchyard-test',
        status: 'firing',
        rule: 'Test message',
        severity: 'info',
        labels: {},
        annotations: {
          summary: 'This channel works',
          description: `${who} pressed the test button. Nothing is wrong, and there is nothing to do.`,
        },
        value: null,
        expr: '',
        activeSinceMs: at.getTime(),
        firedMs: null,
        resolvedMs: null,
        generatorUrl: null,
      },
    ],
    truncatedAlerts: 0,
    reason: 'test',
  };
}
