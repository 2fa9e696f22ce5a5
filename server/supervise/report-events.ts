import type { ProcessSpec } from './process-spec.ts';

const PENDING_MAX = 1_000;
const RETRY_MS = 1_000;
const SERVICE_NAME = 'switchyard-supervisor';

export interface ProcessEvent {
  name: 'switchyard.process.exit' | 'switchyard.process.start';
  process: ProcessSpec['name'];
  body: string;
  severityNumber: number;
  attributes: Record<string, string | number>;
}

export interface EventReporter {
  report: (event: ProcessEvent) => void;
  stop: () => Promise<void>;
}

/**
 * Sends what happened to processes as OTLP log records, so that the console can tell it. The collector may be the one that
 * died: events wait (the newest 1,000) and keep the time at which they happened.
 */
export function reportEvents(endpoint: string): EventReporter {
  let pending: object[] = [];
  let sending: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const send = async () => {
    while (pending.length > 0) {
      const records = pending;
      const response = await fetch(`${endpoint}/v1/logs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(exportRequest(records)),
        signal: AbortSignal.timeout(2_000),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`status ${response.status}`);
      pending = pending.filter((record) => !records.includes(record));
    }
  };
  const kick = () => {
    sending ??= send()
      .catch(() => {
        timer = setTimeout(kick, RETRY_MS).unref();
      })
      .finally(() => {
        sending = null;
      });
  };

  return {
    report: (event) => {
      pending = [...pending, logRecord(event)].slice(-PENDING_MAX);
      kick();
    },
    stop: async () => {
      clearTimeout(timer);
      await sending;
      clearTimeout(timer);
    },
  };
}

function logRecord(event: ProcessEvent): object {
  const attributes = { 'process.name': event.process, ...event.attributes };
  return {
    timeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
    severityNumber: event.severityNumber,
    severityText: event.severityNumber >= 17 ? 'ERROR' : 'INFO',
    eventName: event.name,
    body: { stringValue: event.body },
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    })),
  };
}

function exportRequest(logRecords: object[]): object {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: SERVICE_NAME } }] };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: SERVICE_NAME }, logRecords }] }] };
}
