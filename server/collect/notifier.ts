import pg from 'pg';
import { LIVE_CHANNEL, type LiveHint } from '#server/live/channel.ts';
import type { Log } from '#server/log.ts';

const TIMEOUT_MS = 3_000;
const RECONNECT_MS_FIRST = 250;
const RECONNECT_MS_MAX = 5_000;
/** Hints wait for Postgres; a hint that is old has been overtaken by the next poll of whoever would hear it. */
const WAITING_MAX = 1_000;
/** A NOTIFY payload must stay below 8,000 bytes. */
const MESSAGE_CHARS_MAX = 1_000;

export interface Notifier {
  /** Returns at once: a Postgres that is down must not hold up anything. */
  send: (hint: LiveHint) => void;
  stop: () => Promise<void>;
}

/** Sends hints in order on a connection of its own, which it opens at once and again whenever it is lost. */
export function createNotifier({ databaseUrl, log }: { databaseUrl: string; log: Log }): Notifier {
  const waiting: LiveHint[] = [];
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = false;
  let sending = false;

  const lose = (lost: pg.Client, error: unknown) => {
    if (client !== lost || stopped) return;
    client = undefined;
    lost.end().catch(() => {});
    if (failures++ === 0) log.warn({ err: error }, 'hints wait: Postgres does not answer');
    timer = setTimeout(
      () => void connect(),
      Math.min(RECONNECT_MS_MAX, RECONNECT_MS_FIRST * 2 ** Math.min(failures, 10)),
    );
  };
  const connect = async () => {
    const opened = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      keepAlive: true,
      application_name: 'switchyard-collector',
    });
    client = opened;
    opened.on('error', (error) => lose(opened, error));
    opened.on('end', () => lose(opened, new Error('the connection was closed')));
    try {
      await opened.connect();
      if (failures > 0) log.info('Postgres answers again');
      failures = 0;
      await flush(opened);
    } catch (error) {
      lose(opened, error);
    }
  };
  const flush = async (to: pg.Client) => {
    if (sending) return;
    sending = true;
    const isCurrent = () => client === to;
    try {
      while (waiting.length > 0 && isCurrent()) {
        const hint = waiting[0];
        await to.query('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, JSON.stringify(hint)]);
        if (waiting[0] === hint) waiting.shift();
      }
    } catch (error) {
      lose(to, error);
    } finally {
      sending = false;
    }
  };
  void connect();
  return {
    send: (hint) => {
      if (waiting.length === WAITING_MAX) waiting.shift();
      waiting.push('message' in hint ? { ...hint, message: hint.message.slice(0, MESSAGE_CHARS_MAX) } : hint);
      if (client && failures === 0) void flush(client);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([client?.end().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    },
  };
}
