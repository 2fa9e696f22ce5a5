import type { TransitionRow } from '#server/decode/circuit-transition.ts';
import { decodeLogs, type DecodedLogs } from '#server/decode/decode-logs.ts';
import type { LogEvent } from '#server/decode/log-event.ts';
import { LOGS_REQUEST } from '#server/decode/otlp-messages.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import type { Outcome } from './answer.ts';
import { admitRecords } from './limits/admit-records.ts';
import type { Admission } from './limits/refusals.ts';
import type { Receiving } from './receiving.ts';
import type { Signal } from './signal.ts';

/** What is done at once about some log records. `stored` settles when they can be read. */
export interface LogActions {
  onTransitions: (transitions: TransitionRow[], stored: Promise<boolean>) => void;
  onEvents: (events: LogEvent[], stored: Promise<boolean>) => void;
}

export function receiveLogs(wal: Wal, receiving: Receiving, actions: LogActions): Signal {
  return {
    name: 'logs',
    request: LOGS_REQUEST,
    rejectedField: 'rejectedLogRecords',
    decode: (body, nowMs) => {
      const admission = admitRecords(body, 'logs', receiving.budgets, nowMs);
      const decoded = decodeLogs(body, nowMs);
      return {
        source: admission.source,
        keep: async () => {
          const outcome = await keep(wal, decoded, admission, receiving, actions);
          receiving.onKept?.('logs', body, decoded.rows.rows);
          return outcome;
        },
      };
    },
  };
}

async function keep(
  wal: Wal,
  decoded: DecodedLogs,
  admission: Admission,
  { count }: Receiving,
  actions: LogActions,
): Promise<Outcome> {
  const { rows, transitionRows, transitions, events, ignored } = decoded;
  const isUrgent = transitions.length > 0 || events.length > 0;
  const [logs, circuits] = await Promise.all([
    wal.append('logs', rows.chunks(), { urgent: isUrgent }),
    wal.append('circuit_transitions', transitionRows.chunks(), { urgent: true }),
  ]);
  const rejected = admission.with(decoded.rejected);
  count('logs', rows.rows, admission);
  if (transitions.length > 0) actions.onTransitions(transitions, circuits.stored);
  if (events.length > 0) actions.onEvents(events, logs.stored);
  return { rejected: rejected.count, message: [rejected.describe(), ignored.describe()].filter(Boolean).join('; ') };
}
