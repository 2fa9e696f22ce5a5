import { every } from '../../every.ts';
import type { Log } from '../../log.ts';
import type { Transport } from '../transport.ts';
import { consumeQueues, type Consumer } from './consume-queues.ts';
import { closeQuietly, openLink, type RabbitLink } from './link.ts';
import { createPublisher } from './publish-events.ts';

/** After which a channel that was closed is opened again. */
const REOPEN_MS = 1_000;

export interface RabbitmqTransportOptions {
  url: string;
  log: Log;
  /** Shorter in tests. */
  idleMs?: number;
}

/** A topic exchange, and for each group and name a quorum queue: a message is settled by its acknowledgement, and who dies leaves it to the others. */
export function openRabbitmqTransport({ url, log, idleMs = REOPEN_MS }: RabbitmqTransportOptions): Transport {
  const sending = openLink(url, log);
  // RabbitMQ stops hearing a connection that publishes while it is full, and consumers are who empty it.
  let receiving: RabbitLink | undefined;
  return {
    system: 'rabbitmq',
    publish: createPublisher(sending),
    subscribe: async (subscription) => {
      const link = (receiving ??= openLink(url, log));
      let consumer: Consumer = await consumeQueues(link, subscription, log);
      const stop = every(idleMs, log, 'consuming events', async () => {
        if (!consumer.isOpen()) consumer = await consumeQueues(link, subscription, log);
      });
      return async () => {
        await stop();
        await consumer.end();
      };
    },
    whyAway: () => sending.whyAway() ?? receiving?.whyAway() ?? null,
    // A channel is a round trip, which a connection alone is not.
    ping: async () => closeQuietly(await sending.openChannel()),
    close: async () => {
      await Promise.all([sending.close(), receiving?.close()]);
    },
  };
}
