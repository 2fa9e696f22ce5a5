import pg from 'pg';
import type { Log } from '#server/log.ts';
import { LIVE_CHANNEL } from './channel.ts';

const RECONNECT_MS = 500;
const HEARTBEAT_MS = 5_000;
const TIMEOUT_MS = 3_000;

export interface ListenOptions {
  databaseUrl: string;
  log: Log;
  onPayload: (payload: string) => void;
  /** Each time that listening begins: what was notified before is lost. */
  onListening: () => void;
}

/** Listens to NOTIFY on a connection of its own, and connects again whenever that is lost, until stopped. */
export function listen({ databaseUrl, log, onPayload, onListening }: ListenOptions): { stop: () => Promise<void> } {
  let stopped = false;
  let client: pg.Client | null = null;
  let heartbeat: NodeJS.Timeout | undefined;
  let reconnect: NodeJS.Timeout | undefined;
  let reported = false;

  const connect = async () => {
    const opened = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      keepAlive: true,
      application_name: 'switchyard-live',
    });
    client = opened;
    let gone = false;
    const lose = (error?: Error) => {
      if (gone) return;
      gone = true;
      clearInterval(heartbeat);
      opened.end().catch(() => {});
      if (stopped) return;
      // Once per outage: the log is for people.
      if (!reported) log.warn({ err: error }, 'the live channel is lost and is opened again');
      reported = true;
      reconnect = setTimeout(() => void connect(), RECONNECT_MS);
    };
    opened.on('error', lose);
    opened.on('end', () => lose());
    opened.on('notification', ({ channel, payload }) => {
      if (channel === LIVE_CHANNEL && payload) onPayload(payload);
    });
    try {
      await opened.connect();
      await opened.query(`LISTEN ${LIVE_CHANNEL}`);
      reported = false;
      // A connection that a firewall dropped says nothing: only a question finds out.
      heartbeat = setInterval(() => void opened.query('SELECT 1').catch(lose), HEARTBEAT_MS).unref();
      if (!stopped) onListening();
    } catch (error) {
      lose(error as Error);
    }
  };
  void connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(reconnect);
      clearInterval(heartbeat);
      await Promise.race([client?.end().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    },
  };
}
