import { once } from 'node:events';
import type { ConfirmChannel } from 'amqplib';
import { inTime } from '../../in-time.ts';
import type { Log } from '../../log.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_MAX_MS = 5_000;
/** A relay that waits holds a transaction open. */
const READY_MAX_MS = 2_000;
/** A broker that takes nothing does not hear that something ends, either. */
const CLOSE_MAX_MS = 1_000;
/** A connection on which nothing comes for two of these is dead. */
const HEARTBEAT_S = 10;

export interface RabbitLink {
  /** A channel with publisher confirms, for the caller to close; throws when there is no connection soon. */
  openChannel: () => Promise<ConfirmChannel>;
  whyAway: () => string | null;
  close: () => Promise<void>;
}

/** One connection to RabbitMQ, made again whenever it is lost; its channels are not, because only who uses them knows what they were for. */
export function openLink(url: string, log: Log): RabbitLink {
  let away: string | null = 'RabbitMQ is not connected yet';
  /** It is there, and takes nothing: its memory or its disk is full. */
  let blocked: string | null = null;
  let isLost = false;
  const lost = (error: Error) => {
    away = `RabbitMQ is away: ${error.message || error.name}`;
    if (!isLost) log.warn({ err: error }, '[events] RabbitMQ is away: events wait until it is back');
    isLost = true;
  };
  const opening = import('amqplib').then(async ({ connect }) => {
    const connection = await connect(withHeartbeat(url), {
      timeout: CONNECT_TIMEOUT_MS,
      clientProperties: { connection_name: 'switchyard events' },
      recovery: { waitForConnect: false, maxDelay: RECONNECT_MAX_MS },
    });
    connection.on('connect-failed', lost);
    connection.on('disconnect', lost);
    connection.on('error', lost);
    connection.on('connect', () => {
      if (isLost) log.info('[events] RabbitMQ is back');
      [away, blocked, isLost] = [null, null, false];
    });
    connection.on('blocked', (reason) => {
      blocked = `RabbitMQ takes no messages: ${reason}`;
      log.warn({ reason }, '[events] RabbitMQ takes no messages: events wait until it does');
    });
    connection.on('unblocked', () => (blocked = null));
    return connection;
  });
  return {
    openChannel: async () => {
      const connection = await opening;
      if (isLost) throw new Error(away!);
      if (blocked !== null) throw new Error(blocked);
      if (away !== null) await inTime(once(connection, 'connect'), READY_MAX_MS, away);
      const creating = connection.createConfirmChannel();
      try {
        const channel = await inTime(creating, READY_MAX_MS, 'RabbitMQ is away: it opens no channel');
        // Without a listener the process ends; what failed rejects, and the channel closes.
        channel.on('error', () => {});
        return channel;
      } catch (error) {
        void creating.then(closeQuietly, () => {});
        throw error;
      }
    },
    whyAway: () => away ?? blocked,
    close: () =>
      opening
        .then((connection) => inTime(connection.close(), CLOSE_MAX_MS, 'RabbitMQ does not answer'))
        .catch(() => {}),
  };
}

export async function closeQuietly(channel: ConfirmChannel): Promise<void> {
  try {
    await inTime(channel.close(), CLOSE_MAX_MS, 'RabbitMQ does not answer');
  } catch {
    // It was closed already, or ends with its connection.
  }
}

function withHeartbeat(url: string): string {
  const changed = new URL(url);
  if (!changed.searchParams.has('heartbeat')) changed.searchParams.set('heartbeat', String(HEARTBEAT_S));
  return changed.href;
}
