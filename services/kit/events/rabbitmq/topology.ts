import type { Channel } from 'amqplib';
import { EVENT_NAMES } from '../contracts.ts';

/** Where events are published, by their type: `order.created.v2`. */
export const EVENTS_EXCHANGE = 'switchyard.events';
/** Where queues put what they give up, by the group that it was for. */
const DEAD_EXCHANGE = 'switchyard.dead';
/** RabbitMQ's own default since 4.0. Attempts end long before it; this is for what kills a consumer before it can count. */
export const DELIVERIES_MAX = 20;

/** Replicated, and they count how often a message was given out. */
const QUORUM = { 'x-queue-type': 'quorum' };
/** What moves on to another queue is kept until that has it. */
const SAFE_MOVES = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

export function queueOf(group: string, name: string): string {
  return `switchyard.${group}.${name}`;
}

export function deadQueueOf(group: string): string {
  return `switchyard.${group}.dead`;
}

export async function assertExchange(channel: Channel): Promise<void> {
  await channel.assertExchange(EVENTS_EXCHANGE, 'topic', { durable: true });
}

/** A queue for each name, and one for what those give up: from now on the group misses nothing. */
export async function assertQueues(channel: Channel, group: string, names: readonly string[]): Promise<void> {
  await assertExchange(channel);
  await channel.assertExchange(DEAD_EXCHANGE, 'direct', { durable: true });
  await channel.assertQueue(deadQueueOf(group), { durable: true, arguments: QUORUM });
  await channel.bindQueue(deadQueueOf(group), DEAD_EXCHANGE, group);
  for (const name of names) {
    await channel.assertQueue(queueOf(group, name), {
      durable: true,
      arguments: {
        ...QUORUM,
        ...SAFE_MOVES,
        'x-delivery-limit': DELIVERIES_MAX,
        'x-dead-letter-exchange': DEAD_EXCHANGE,
        'x-dead-letter-routing-key': group,
      },
    });
    await channel.bindQueue(queueOf(group, name), EVENTS_EXCHANGE, patternOf(name));
  }
  // A queue that nobody reads any more would grow.
  for (const name of EVENT_NAMES.filter((each) => !names.includes(each)))
    await channel.unbindQueue(queueOf(group, name), EVENTS_EXCHANGE, patternOf(name));
}

/**
 * Where messages wait for so long and go back to the queue that is their routing key. One for each pause, because a queue
 * looks at its head only: behind a long pause a short one would be as long.
 */
export async function assertDelay(channel: Channel, delayMs: number): Promise<string> {
  const name = `switchyard.delay.${delayMs}`;
  await channel.assertExchange(name, 'fanout', { durable: true });
  await channel.assertQueue(name, {
    durable: true,
    arguments: { ...QUORUM, ...SAFE_MOVES, 'x-message-ttl': delayMs, 'x-dead-letter-exchange': '' },
  });
  await channel.bindQueue(name, name, '');
  return name;
}

/** Any version. */
function patternOf(name: string): string {
  return `${name}.*`;
}
