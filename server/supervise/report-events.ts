import { createOtlpSender, toAttributes } from './otlp-sender.ts';
import type { ProcessSpec } from './process-spec.ts';

const PENDING_MAX = 1_000;

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
  const { send, stop } = createOtlpSender({ endpoint, pendingMax: PENDING_MAX });
  return { report: (event) => send({ process: 'supervisor', record: logRecord(event) }), stop };
}

function logRecord(event: ProcessEvent): object {
  return {
    timeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
    severityNumber: event.severityNumber,
    severityText: event.severityNumber >= 17 ? 'ERROR' : 'INFO',
    eventName: event.name,
    body: { stringValue: event.body },
    attributes: toAttributes({ 'process.name': event.process, ...event.attributes }),
  };
}
