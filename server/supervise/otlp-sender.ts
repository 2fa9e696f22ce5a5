import { OWN_PREFIX } from '#server/tracing/own-service.ts';

const RETRY_MS = 1_000;
const TIMEOUT_MS = 2_000;

/** A log record of OTLP in its JSON form, and the process of ours that it is of. */
export interface OwnRecord {
  process: string;
  record: object;
}

export interface OtlpSender {
  send: (record: OwnRecord) => void;
  /** Waits for what is on its way, and gives up what is not. */
  stop: () => Promise<void>;
}

export interface OtlpSenderOptions {
  endpoint: string;
  /** How many may wait: the newest. */
  pendingMax: number;
  /** How long the first waits for company. */
  delayMs?: number;
}

/** Sends log records of our own processes to the collector, which may be the one that is away: then they wait. */
export function createOtlpSender({ endpoint, pendingMax, delayMs = 0 }: OtlpSenderOptions): OtlpSender {
  let pending: OwnRecord[] = [];
  let sending: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const sendAll = async () => {
    while (pending.length > 0) {
      const sent = [...pending];
      const response = await fetch(`${endpoint}/v1/logs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(exportRequest(sent)),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`status ${response.status}`);
      const isSent = new Set(sent);
      pending = pending.filter((record) => !isSent.has(record));
    }
  };
  const kick = () => {
    timer = undefined;
    sending ??= sendAll()
      .catch(() => {
        timer = setTimeout(kick, RETRY_MS).unref();
      })
      .finally(() => {
        sending = null;
      });
  };

  return {
    send: (record) => {
      pending.push(record);
      if (pending.length > pendingMax) pending.splice(0, pending.length - pendingMax);
      if (delayMs === 0) kick();
      else timer ??= setTimeout(kick, delayMs).unref();
    },
    stop: async () => {
      clearTimeout(timer);
      await sending;
      clearTimeout(timer);
    },
  };
}

function exportRequest(records: readonly OwnRecord[]): object {
  const byProcess = Map.groupBy(records, ({ process }) => process);
  return {
    resourceLogs: [...byProcess].map(([process, own]) => {
      const name = OWN_PREFIX + process;
      const attributes = [
        { key: 'service.name', value: { stringValue: name } },
        { key: 'service.namespace', value: { stringValue: 'switchyard' } },
      ];
      return {
        resource: { attributes },
        scopeLogs: [{ scope: { name }, logRecords: own.map(({ record }) => record) }],
      };
    }),
  };
}

/** Attributes as OTLP has them in JSON. */
export function toAttributes(values: Readonly<Record<string, string | number>>): object[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : Number.isInteger(value)
          ? { intValue: String(value) }
          : { doubleValue: value },
  }));
}
