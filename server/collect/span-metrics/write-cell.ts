import { writeExemplar, writeSample, writeSeries, writeStaleMarker } from '#server/decode/metric-rows.ts';
import type { Family } from '#server/decode/parse-exposition.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import { CALLS, type SpanCell } from './span-cell.ts';

const FAMILIES = {
  calls: { type: 'counter', unit: '', help: 'Spans, by the service, operation, kind and status they have' },
  duration: { type: 'histogram', unit: 'seconds', help: 'How long spans last, by service, operation, kind and status' },
} satisfies Record<string, Family>;

/** The rows of one flush. */
export class CellRows {
  readonly series = new RowSink();
  readonly samples = new RowSink();
  readonly exemplars = new RowSink();
}

export function announceCell(cell: SpanCell, rows: CellRows, nowMs: number): void {
  for (const series of cell.series) {
    writeSeries(rows.series, series, series.name === CALLS ? FAMILIES.calls : FAMILIES.duration, nowMs);
  }
}

/** The totals as they stand; of a new cell also the zeros that they rose from, at the time when they were that. */
export function writeCell(cell: SpanCell, rows: CellRows, nowMs: number): void {
  const values = cell.values();
  for (const [place, series] of cell.series.entries()) {
    if (!cell.isBegun) writeSample(rows.samples, series, cell.bornMs, 0);
    writeSample(rows.samples, series, nowMs, values[place]!);
  }
  for (const { place, timestampMs, seconds, traceId, spanId } of cell.exemplars.splice(0)) {
    const labels = [
      ['span_id', spanId],
      ['trace_id', traceId],
    ] as const;
    writeExemplar(rows.exemplars, cell.series[place]!, { timestampMs, value: seconds, labels });
  }
}

export function endCell(cell: SpanCell, rows: CellRows, nowMs: number): void {
  for (const series of cell.series) writeStaleMarker(rows.samples, series, nowMs);
}
