import { decodeMetrics, type DecodedMetrics } from '#server/decode/decode-metrics.ts';
import { METRICS_REQUEST } from '#server/decode/otlp-messages.ts';
import type { StreamBook } from '#server/decode/stream-book.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import type { Outcome } from './answer.ts';
import { admitPoints } from './limits/admit-points.ts';
import type { Admission } from './limits/refusals.ts';
import type { Receiving } from './receiving.ts';
import type { Signal } from './signal.ts';

/** `book` knows the streams of all senders, and the totals of those that send deltas. */
export function receiveMetrics(wal: Wal, receiving: Receiving, book: StreamBook): Signal {
  return {
    name: 'metrics',
    request: METRICS_REQUEST,
    rejectedField: 'rejectedDataPoints',
    decode: (body, nowMs) => {
      const admission = admitPoints(body, receiving.budgets, nowMs);
      const decoded = decodeMetrics(body, nowMs, book);
      return {
        source: admission.source,
        keep: async () => {
          const outcome = await keep(wal, decoded, admission, receiving, book);
          receiving.onKept?.('metrics', body, decoded.accepted);
          return outcome;
        },
      };
    },
  };
}

async function keep(
  wal: Wal,
  decoded: DecodedMetrics,
  admission: Admission,
  { count }: Receiving,
  book: StreamBook,
): Promise<Outcome> {
  const { series, samples, histograms, exemplars, accepted, ignored } = decoded;
  try {
    await Promise.all([
      wal.append('series', series.chunks()),
      wal.append('samples', samples.chunks()),
      wal.append('histograms', histograms.chunks()),
      wal.append('exemplars', exemplars.chunks()),
    ]);
  } catch (error) {
    book.forgetAnnouncements();
    throw error;
  }
  const rejected = admission.with(decoded.rejected);
  count('metrics', accepted, admission);
  return { rejected: rejected.count, message: [rejected.describe(), ignored.describe()].filter(Boolean).join('; ') };
}
