import type { ConfirmChannel, Options } from 'amqplib';
import { inTime } from '../../in-time.ts';
import { CORRELATION_HEADER, type EventEnvelope } from '../event.ts';
import { closeQuietly, type RabbitLink } from './link.ts';
import { assertExchange, EVENTS_EXCHANGE } from './topology.ts';

/** A broker that takes longer is out of memory or disk; what it takes later comes twice, and consumers know that. */
const ANSWER_MAX_MS = 5_000;

/** Answers how to publish: all of a batch is on the broker's disks when that answers, else it throws. */
export function createPublisher(link: RabbitLink): (events: readonly EventEnvelope[]) => Promise<void> {
  let current: ConfirmChannel | null = null;
  const forget = (channel: ConfirmChannel) => {
    if (current === channel) current = null;
  };
  const open = async () => {
    const channel = await link.openChannel();
    channel.once('close', () => forget(channel));
    await inTime(assertExchange(channel), ANSWER_MAX_MS, 'RabbitMQ does not answer');
    return channel;
  };

  return async (events) => {
    const channel = (current ??= await open());
    try {
      for (const event of events)
        channel.publish(EVENTS_EXCHANGE, event.type, Buffer.from(JSON.stringify(event)), propertiesOf(event));
      await inTime(channel.waitForConfirms(), ANSWER_MAX_MS, 'RabbitMQ does not confirm what it was sent');
    } catch (error) {
      // The confirms of this batch must not be taken for those of the next.
      forget(channel);
      void closeQuietly(channel);
      throw error;
    }
  };
}

/** All of it is in the body; these are for who looks at the broker, and for consumers that are not ours. */
function propertiesOf({ id, type, occurredAt, headers }: EventEnvelope): Options.Publish {
  return {
    persistent: true,
    contentType: 'application/json',
    messageId: id,
    type,
    correlationId: headers[CORRELATION_HEADER],
    timestamp: Math.floor(Date.parse(occurredAt) / 1_000),
    headers,
  };
}
