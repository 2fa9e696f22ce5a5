import { decodeTraces } from '#server/decode/decode-traces.ts';
import { TRACE_REQUEST } from '#server/decode/otlp-messages.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import type { Receiving } from './receiving.ts';
import { admitRecords } from './limits/admit-records.ts';
import type { Signal } from './signal.ts';

export function receiveTraces(wal: Wal, { count, budgets, onKept, onSpans }: Receiving): Signal {
  return {
    name: 'traces',
    request: TRACE_REQUEST,
    rejectedField: 'rejectedSpans',
    decode: (body, nowMs) => {
      const admission = admitRecords(body, 'traces', budgets, nowMs);
      const { rows, rejected, facts } = decodeTraces(body, nowMs);
      return {
        source: admission.source,
        keep: async () => {
          await wal.append('spans', rows.chunks());
          const all = admission.with(rejected);
          count('traces', rows.rows, admission);
          onSpans?.(facts);
          onKept?.('traces', body, rows.rows);
          return { rejected: all.count, message: all.describe() };
        },
      };
    },
  };
}
