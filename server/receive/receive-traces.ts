import { decodeTraces } from '#server/decode/decode-traces.ts';
import { TRACE_REQUEST } from '#server/decode/otlp-messages.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import type { ItemCounter } from './item-counter.ts';
import type { Signal } from './signal.ts';

export function receiveTraces(wal: Wal, count: ItemCounter): Signal {
  return {
    name: 'traces',
    request: TRACE_REQUEST,
    rejectedField: 'rejectedSpans',
    decode: (body, nowMs) => {
      const { rows, rejected } = decodeTraces(body, nowMs);
      return {
        keep: async () => {
          await wal.append('spans', rows.chunks());
          count('traces', rows.rows, rejected);
          return { rejected: rejected.count, message: rejected.describe() };
        },
      };
    },
  };
}
