import type { DataPoint } from './data-point.ts';
import { MetricOrigin } from './metric-origin.ts';
import { MetricReader, type MetricHead } from './metric-reader.ts';
import type { Family } from './parse-exposition.ts';
import { ProtoReader } from './proto-reader.ts';
import { readBatches } from './read-batches.ts';
import { Rejections } from './rejections.ts';
import type { RowSink } from './row-sink.ts';
import type { StreamBook } from './stream-book.ts';
import { StreamWriter } from './stream-writer.ts';
import { OUTSIDE_WINDOW, TimeWindow, toMs } from './time-window.ts';
import { writePoint } from './write-point.ts';

export interface DecodedMetrics {
  series: RowSink;
  samples: RowSink;
  histograms: RowSink;
  exemplars: RowSink;
  /** Data points whose samples are in `samples`. */
  accepted: number;
  rejected: Rejections;
  /** What came with accepted points and is not kept. */
  ignored: Rejections;
}

const LABELS_BYTES_MAX = 64 * 1024;
const TARGET_INFO: Family = { type: 'gauge', unit: '', help: 'Attributes of the resource' };

/** ExportMetricsServiceRequest to rows, as a Prometheus would hold its points; throws DecodeError when the bytes are none. */
export function decodeMetrics(body: Uint8Array, nowMs: number, book: StreamBook): DecodedMetrics {
  const writer = new StreamWriter(book, nowMs, body);
  const [rejected, ignored] = [new Rejections(), new Rejections()];
  const origin = new MetricOrigin();
  const window = new TimeWindow(nowMs);
  const metrics = new MetricReader();
  let accepted = 0;
  let newestMs = -Infinity;

  const take = (head: MetricHead, point: DataPoint) => {
    if (!window.includes(point.timeLo, point.timeHi)) return OUTSIDE_WINDOW;
    if (point.attributes.pairs.length > LABELS_BYTES_MAX)
      return `attributes must stay below ${LABELS_BYTES_MAX / 1024} KiB`;
    const reason = writePoint(head, point, origin, book, writer, ignored);
    if (reason !== undefined) return reason;
    accepted++;
    newestMs = Math.max(newestMs, toMs(point.timeLo, point.timeHi));
    return undefined;
  };
  const endSource = () => {
    if (newestMs > -Infinity) writeTargetInfo(origin, newestMs, book, writer);
    newestMs = -Infinity;
  };
  const sources = {
    readResource: (reader: ProtoReader) => {
      endSource();
      origin.readResource(reader);
    },
    readScope: (reader: ProtoReader) => origin.readScope(reader),
  };
  readBatches(new ProtoReader(body), sources, (reader) => metrics.read(reader, take, rejected));
  endSource();
  const { series, samples, histograms, exemplars } = writer;
  return { series, samples, histograms, exemplars, accepted, rejected, ignored };
}

/** One series beside those of the resource, to join its attributes to them. */
function writeTargetInfo(
  { targetInfo }: MetricOrigin,
  timestampMs: number,
  book: StreamBook,
  writer: StreamWriter,
): void {
  if (!targetInfo) return;
  const labels = [...targetInfo];
  writer.stream = book.stream(`target_info\0${JSON.stringify(labels)}`, writer.nowMs);
  writer.family = () => TARGET_INFO;
  writer.labels = () => labels;
  writer.timestampMs = timestampMs;
  writer.isStale = false;
  writer.value('', 'target_info', 1);
}
