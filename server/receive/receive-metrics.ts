import { decodeMetrics, type DecodedMetrics } from '#server/decode/decode-metrics.ts';
import { METRICS_REQUEST } from '#server/decode/otlp-messages.ts';
import type { StreamBook } from '#server/decode/stream-book.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import type { Outcome } from './answer.ts';
import type { ItemCounter } from './item-counter.ts';
import type { Signal } from './signal.ts';

/** `book` knows the streams of all senders, and the totals of those that send deltas. */
export function receiveMetrics(wal: Wal, count: ItemCounter, book: StreamBook): Signal {
  return {
    name: 'metrics',
    request: METRICS_REQUEST,
    rejectedField: 'rejectedDataPoints',
    decode: (body, nowMs) => {
      const decoded = decodeMetrics(body, nowMs, book);
      return { keep: () => keep(wal, decoded, count, book) };
    },
  };
}

async function keep(wal: Wal, decoded: DecodedMetrics, count: ItemCounter, book: StreamBook): Promise<Outcome> {
  const { series, samples, accepted, rejected, ignored } = decoded;
  try {
    await Promise.all([wal.append('series', series.chunks()), wal.append('samples', samples.chunks())]);
  } catch (error) {
    book.forgetAnnouncements();
    throw error;
  }
  count('metrics', accepted, rejected);
  return { rejected: rejected.count, message: [rejected.describe(), ignored.describe()].filter(Boolean).join('; ') };
}
