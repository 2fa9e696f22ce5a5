import { setTimeout } from 'node:timers/promises';
import type { Notification } from '#prisma/generated/client.ts';
import { sendHint } from '#server/live/send-hint.ts';
import type { Log } from '#server/log.ts';
import { CHANNEL_KINDS } from './channels/kinds.ts';
import { nextFreeMs } from './decide-pace.ts';
import type { ChannelConfig } from './parse-channels-file.ts';
import { sendNotification, type SendContext } from './send-notification.ts';

/** Finds what a lost wake-up left behind. */
const LOOK_EVERY_MS = 2_000;

const NEVER = new Promise<void>(() => {});

export interface OutboxOptions extends SendContext {
  channels: () => readonly ChannelConfig[];
  log: Log;
  onAttempted?: ((channel: string, outcome: Notification['status']) => void) | undefined;
}

export interface Outbox {
  /** There may be something to send. */
  wake: () => void;
  stop: () => Promise<void>;
}

/** Sends what the outbox holds: each channel in order, so that a resolve never overtakes its alert, and at its receiver's pace. */
export function runOutbox(options: OutboxOptions): Outbox {
  const workers = new Map<string, Worker>();
  const sync = () => {
    for (const channel of options.channels())
      if (!workers.has(channel.name)) workers.set(channel.name, runChannel(options, channel.name));
  };
  sync();
  return {
    wake: () => {
      sync();
      for (const worker of workers.values()) worker.wake();
    },
    stop: async () => void (await Promise.all([...workers.values()].map((worker) => worker.stop()))),
  };
}

type Worker = Outbox;

function runChannel(options: OutboxOptions, name: string): Worker {
  const stopping = new AbortController();
  let woken = Promise.withResolvers<void>();
  let freeAtMs = 0;

  const loop = async () => {
    while (!stopping.signal.aborted) {
      const { promise } = woken;
      const pauseMs = await workOnce().catch((error: unknown) => {
        options.log.warn({ err: error, channel: name }, 'the outbox could not be read');
        return LOOK_EVERY_MS;
      });
      if (pauseMs > 0) await firstOf(promise, pauseMs, stopping.signal);
      // A pace is kept whatever wakes us.
      const paceMs = freeAtMs - Date.now();
      if (paceMs > 0) await firstOf(NEVER, paceMs, stopping.signal);
    }
  };
  /** Sends the oldest unfinished notification if it is due; answers how long there is nothing to do. */
  const workOnce = async (): Promise<number> => {
    const channel = options.channels().find((known) => known.name === name);
    if (!channel) return LOOK_EVERY_MS;
    const head = await findHead(options, name);
    if (!head) return LOOK_EVERY_MS;
    const waitMs = head.nextAttemptAt.getTime() - options.now().getTime();
    if (waitMs > 0) return Math.min(waitMs, LOOK_EVERY_MS);
    freeAtMs = nextFreeMs(freeAtMs, Date.now(), CHANNEL_KINDS[channel.kind]);
    const sent = await sendNotification(options, head, channel);
    if (sent) await report(options, sent);
    return 0;
  };

  const running = loop();
  return {
    wake: () => {
      woken.resolve();
      woken = Promise.withResolvers();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

function findHead({ db }: OutboxOptions, channel: string): Promise<Notification | null> {
  return db.notification.findFirst({
    where: { channel, status: { in: ['queued', 'retrying'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** Pages show receipts: whoever looks at alerts should see this one change. */
async function report({ db, log, onAttempted }: OutboxOptions, { id, channel, status, reason, content }: Notification) {
  const [alert] = (content as { alerts?: { rule: string; fingerprint: string }[] }).alerts ?? [];
  const { rule = '', fingerprint = '' } = alert ?? {};
  onAttempted?.(channel, status);
  if (status === 'failed') log.error({ notification: id, channel, rule, reason }, 'a notification was not delivered');
  await sendHint(db, { kind: 'alert', fingerprint, rule, state: `notification ${status}` });
}

/** Resolves when `promise` does, after `ms`, or when `signal` aborts. */
async function firstOf(promise: Promise<void>, ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const passed = setTimeout(ms, undefined, { signal: AbortSignal.any([signal, over.signal]) }).catch(() => {});
  await Promise.race([promise, passed]);
  over.abort();
}
