import type { ConsumeMessage } from 'amqplib';
import type { Log } from '../../log.ts';
import { ATTEMPTS_MAX } from '../decide-failure.ts';
import { readBody } from '../read-body.ts';
import { UNSETTLED_PAUSE_MS, type Subscription } from '../transport.ts';
import { closeQuietly, type RabbitLink } from './link.ts';
import { assertDelay, assertQueues, deadQueueOf, queueOf } from './topology.ts';

/** What is given out ahead of the one that is worked on would count as tried when its consumer dies. */
const PREFETCH = 1;
const ATTEMPTS_HEADER = 'x-switchyard-attempts';

export interface Consumer {
  isOpen: () => boolean;
  end: () => Promise<void>;
}

/** Consumes the group's queues on a channel of its own until that closes, for whatever reason: RabbitMQ then gives out again what was not settled. */
export async function consumeQueues(link: RabbitLink, subscription: Subscription, log: Log): Promise<Consumer> {
  const { group, names, deliver } = subscription;
  const channel = await link.openChannel();
  const running = new Set<Promise<void>>();
  const delays = new Map<number, Promise<string>>();
  let isOpen = true;
  channel.once('close', () => (isOpen = false));

  /** A copy takes the message's place when its pause is over. */
  const postpone = async (queue: string, message: ConsumeMessage, attempts: number, delayMs: number) => {
    if (!delays.has(delayMs)) delays.set(delayMs, assertDelay(channel, delayMs));
    const exchange = await delays.get(delayMs)!;
    const { contentType, messageId, type, correlationId, timestamp, headers } = message.properties;
    const properties = { contentType, messageId, type, correlationId, timestamp, persistent: true };
    await new Promise<void>((resolve, reject) => {
      const ended = (error: unknown) => (error ? reject(error as Error) : resolve());
      const kept = { ...headers, [ATTEMPTS_HEADER]: attempts };
      channel.publish(exchange, queue, message.content, { ...properties, headers: kept }, ended);
    });
  };
  const settle = async (queue: string, message: ConsumeMessage) => {
    const before = attemptsBefore(message);
    const attempt = queue === deadQueueOf(group) ? Math.max(before, ATTEMPTS_MAX) + 1 : before + 1;
    try {
      const settlement = await deliver({ body: readBody(message.content.toString()), attempt });
      if (settlement.kind === 'retry') await postpone(queue, message, attempt, settlement.delayMs);
    } catch (error) {
      log.warn({ err: error }, 'an event could not be settled, and comes again');
      await postpone(queue, message, before, UNSETTLED_PAUSE_MS);
    }
    channel.ack(message);
  };
  const take = (queue: string) => (message: ConsumeMessage | null) => {
    // Somebody deleted the queue: the next channel declares it again.
    if (!message) return void closeQuietly(channel);
    const work = settle(queue, message)
      .catch((error: unknown) => {
        if (isOpen) log.warn({ err: error }, 'an event could not be given back: its channel is closed');
        return closeQuietly(channel);
      })
      .finally(() => running.delete(work));
    running.add(work);
  };

  const tags: string[] = [];
  try {
    await channel.prefetch(PREFETCH);
    await assertQueues(channel, group, names);
    for (const queue of [...names.map((name) => queueOf(group, name)), deadQueueOf(group)])
      tags.push((await channel.consume(queue, take(queue))).consumerTag);
  } catch (error) {
    await closeQuietly(channel);
    throw error;
  }
  return {
    isOpen: () => isOpen,
    end: async () => {
      await Promise.all(tags.map((tag) => channel.cancel(tag))).catch(() => {});
      await Promise.all(running);
      await closeQuietly(channel);
    },
  };
}

/** Those of earlier copies, and those whose consumers died with this one. */
function attemptsBefore({ properties: { headers } }: ConsumeMessage): number {
  return Number(headers?.[ATTEMPTS_HEADER] ?? 0) + Number(headers?.['x-delivery-count'] ?? 0);
}
